package dev.aegis.daemon.store;

import dev.aegis.daemon.store.Journal.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The sessions in the database. */
public final class SessionRepository {

  private final Queries queries;
  private final UnaryOperator<List<String>> redaction;

  /**
   * A repository.
   *
   * @param redaction takes obvious secrets out of a command line, word by word, before they are
   *     stored
   */
  public SessionRepository(Queries queries, UnaryOperator<List<String>> redaction) {
    this.queries = queries;
    this.redaction = redaction;
  }

  /** Insert a session that was opened and has no process yet. */
  public Change<Void> open(SessionRow row) {
    return connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              INSERT INTO sessions (id, wrapped, argv, cwd, workspaces, terminal, dry_run, state,
                opened_at)
              VALUES (?, ?, ?, ?, ?, ?, ?, 'opened', ?)
              """)) {
        Columns.bind(
            insert,
            row.id(),
            row.wrapped(),
            redaction.apply(row.argv()),
            row.cwd(),
            row.workspaces(),
            row.terminal(),
            row.dryRun(),
            row.openedAt());
        insert.executeUpdate();
        return null;
      }
    };
  }

  /** Record the starter of an opened session. */
  public Change<Boolean> start(String id, ProcessKey starter) {
    return connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              UPDATE sessions SET state = 'running', pid = ?, start_ticks = ?
              WHERE id = ? AND state = 'opened'
              """)) {
        Columns.bind(update, starter.pid(), starter.startTicks(), id);
        return update.executeUpdate() == 1;
      }
    };
  }

  /**
   * End a session.
   *
   * @param state CLOSED or LOST
   */
  public Change<Boolean> end(
      String id, SessionRow.State state, SessionRow.Counts counts, Instant at) {
    return connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              UPDATE sessions
              SET state = ?, closed_at = ?, asked = ?, allowed = ?, denied = ?, approvals = ?
              WHERE id = ? AND state IN ('opened', 'running')
              """)) {
        Columns.bind(
            update,
            state.label(),
            at,
            counts.asked(),
            counts.allowed(),
            counts.denied(),
            counts.approvals(),
            id);
        return update.executeUpdate() == 1;
      }
    };
  }

  /** Find one session. */
  public Optional<SessionRow> find(String id) throws StoreException {
    return queries.read(connection -> rows(connection, "WHERE id = ?", id).stream().findFirst());
  }

  /** List the sessions that have not ended, oldest first. */
  public List<SessionRow> alive() throws StoreException {
    return queries.read(
        connection ->
            rows(connection, "WHERE state IN ('opened', 'running') ORDER BY opened_at, id"));
  }

  /** Sum up the sessions that ended at a time or after it. */
  public SessionRow.Counts countsSince(Instant time) throws StoreException {
    return queries.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  SELECT total(asked), total(allowed), total(denied), total(approvals)
                  FROM sessions WHERE closed_at >= ?
                  """)) {
            return Columns.all(
                    Columns.bind(select, time),
                    row ->
                        new SessionRow.Counts(
                            row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .get(0);
          }
        });
  }

  private static List<SessionRow> rows(
      Connection connection, String condition, Object... parameters) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM sessions " + condition)) {
      return Columns.all(Columns.bind(select, parameters), SessionRepository::row);
    }
  }

  private static SessionRow row(ResultSet row) throws SQLException {
    Optional<Long> pid = Columns.optionalLong(row, "pid");
    long startTicks = row.getLong("start_ticks");
    return new SessionRow(
        row.getString("id"),
        row.getString("wrapped"),
        Columns.strings(row, "argv"),
        row.getString("cwd"),
        Columns.strings(row, "workspaces"),
        row.getBoolean("terminal"),
        row.getBoolean("dry_run"),
        SessionRow.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Columns.instant(row, "opened_at"),
        Columns.optionalInstant(row, "closed_at"),
        pid.map(number -> new ProcessKey(Math.toIntExact(number), startTicks)),
        new SessionRow.Counts(
            row.getLong("asked"),
            row.getLong("allowed"),
            row.getLong("denied"),
            row.getLong("approvals")));
  }
}
