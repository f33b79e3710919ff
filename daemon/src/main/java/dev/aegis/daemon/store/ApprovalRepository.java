package dev.aegis.daemon.store;

import dev.aegis.daemon.store.Journal.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The approvals in the database: changes to hand to the {@link Journal}, and questions that are
 * answered at once.
 */
public final class ApprovalRepository {

  private final Queries queries;
  private final UnaryOperator<String> redaction;

  /**
   * A repository.
   *
   * @param redaction takes obvious secrets out of what people read, before it is stored
   */
  public ApprovalRepository(Queries queries, UnaryOperator<String> redaction) {
    this.queries = queries;
    this.redaction = redaction;
  }

  /**
   * Insert a pending approval; the change gives its id. The row's own id and decision are not
   * looked at.
   */
  public Change<Long> open(ApprovalRow row) {
    return connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              INSERT INTO approvals (session, wrapped, tool, command, path, cwd, categories, rule,
                risk, blast_radius, coverage, pid, start_ticks, shape, binding, detail,
                requested_at, expires_at)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
              RETURNING id
              """)) {
        Columns.bind(
            insert,
            row.session(),
            row.wrapped(),
            row.tool(),
            redaction.apply(row.command()),
            redaction.apply(row.path()),
            row.cwd(),
            row.categories(),
            row.rule(),
            row.risk(),
            row.blastRadius(),
            row.coverage(),
            row.pid(),
            row.startTicks(),
            row.shape(),
            row.binding(),
            new RedactedJson(redaction).apply(row.detail()),
            row.requestedAt(),
            row.expiresAt());
        return newId(insert);
      }
    };
  }

  static long newId(PreparedStatement insert) throws SQLException {
    try (ResultSet row = insert.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * Decide a pending approval.
   *
   * @return a change that gives false, and changes nothing, when it was decided already
   */
  public Change<Boolean> decide(long id, ApprovalRow.Decided decided) {
    return connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              UPDATE approvals
              SET state = ?, decided_at = ?, decided_by = ?, channel = ?, scope = ?,
                scope_until = ?, reason = ?
              WHERE id = ? AND state = 'pending'
              """)) {
        Columns.bind(
            update,
            decided.state().label(),
            decided.at(),
            decided.by(),
            decided.channel(),
            decided.scope().isEmpty() ? Optional.empty() : decided.scope(),
            decided.until(),
            redaction.apply(decided.reason()),
            id);
        return update.executeUpdate() == 1;
      }
    };
  }

  /** Record that an approved operation was really let go; gives false when it was already. */
  public Change<Boolean> released(long id, Instant at) {
    return connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              UPDATE approvals SET released_at = ?
              WHERE id = ? AND state = 'approved' AND released_at IS NULL
              """)) {
        Columns.bind(update, at, id);
        return update.executeUpdate() == 1;
      }
    };
  }

  /** Find one approval. */
  public Optional<ApprovalRow> find(long id) throws StoreException {
    return queries.read(connection -> find(connection, id));
  }

  /** Find one approval inside a change. */
  public static Optional<ApprovalRow> find(Connection connection, long id) throws SQLException {
    return rows(connection, "WHERE id = ?", id).stream().findFirst();
  }

  /** List the pending approvals, oldest first. */
  public List<ApprovalRow> pending() throws StoreException {
    return queries.read(connection -> rows(connection, "WHERE state = 'pending' ORDER BY id"));
  }

  /** Count the pending approvals. */
  public int pendingCount() throws StoreException {
    return queries.read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet count =
                  statement.executeQuery(
                      "SELECT count(*) FROM approvals WHERE state = 'pending'")) {
            count.next();
            return count.getInt(1);
          }
        });
  }

  /**
   * List all approvals, oldest first.
   *
   * @param limit at most so many, the newest of them
   */
  public List<ApprovalRow> all(int limit) throws StoreException {
    return queries.read(
        connection ->
            rows(
                connection,
                "WHERE id IN (SELECT id FROM approvals ORDER BY id DESC LIMIT ?) ORDER BY id",
                limit));
  }

  /** List decided approvals, latest decision first. */
  public List<ApprovalRow> history(int limit) throws StoreException {
    return queries.read(
        connection ->
            rows(
                connection,
                "WHERE state <> 'pending' ORDER BY decided_at DESC, id DESC LIMIT ?",
                limit));
  }

  private static List<ApprovalRow> rows(
      Connection connection, String condition, Object... parameters) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM approvals " + condition)) {
      return Columns.all(Columns.bind(select, parameters), ApprovalRepository::row);
    }
  }

  private static ApprovalRow row(ResultSet row) throws SQLException {
    ApprovalState state = ApprovalState.ofLabel(row.getString("state"));
    return new ApprovalRow(
        row.getLong("id"),
        state,
        row.getString("session"),
        row.getString("wrapped"),
        row.getString("tool"),
        row.getString("command"),
        row.getString("path"),
        row.getString("cwd"),
        Columns.strings(row, "categories"),
        row.getString("rule"),
        row.getInt("risk"),
        row.getString("blast_radius"),
        row.getString("coverage"),
        row.getInt("pid"),
        row.getLong("start_ticks"),
        row.getString("shape"),
        row.getString("binding"),
        row.getString("detail"),
        Columns.instant(row, "requested_at"),
        Columns.instant(row, "expires_at"),
        state == ApprovalState.PENDING ? Optional.empty() : Optional.of(decided(state, row)),
        Columns.optionalInstant(row, "released_at"));
  }

  private static ApprovalRow.Decided decided(ApprovalState state, ResultSet row)
      throws SQLException {
    return new ApprovalRow.Decided(
        state,
        Columns.instant(row, "decided_at"),
        Columns.text(row, "decided_by"),
        Columns.text(row, "channel"),
        Columns.text(row, "scope"),
        Columns.optionalInstant(row, "scope_until"),
        Columns.text(row, "reason"));
  }
}
