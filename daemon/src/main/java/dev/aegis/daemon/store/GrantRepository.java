package dev.aegis.daemon.store;

import dev.aegis.daemon.store.Journal.Change;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The grants in the database. */
public final class GrantRepository {

  private final Queries queries;

  public GrantRepository(Queries queries) {
    this.queries = queries;
  }

  /** Insert a grant; the change gives its id. The row's own id and end are not looked at. */
  public Change<Long> add(GrantRow row) {
    return connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              INSERT INTO grants (approval, session, scope, shape, pid, start_ticks, detail,
                granted_at, expires_at, boot, deadline_ns, wrapped)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
              RETURNING id
              """)) {
        Columns.bind(
            insert,
            row.approval(),
            row.session(),
            row.scope(),
            row.shape(),
            row.root().map(ProcessKey::pid),
            row.root().map(ProcessKey::startTicks),
            row.detail(),
            row.grantedAt(),
            row.expiresAt(),
            row.boot(),
            row.deadlineNanos(),
            row.wrapped());
        return ApprovalRepository.newId(insert);
      }
    };
  }

  /** End a grant; gives false when it had ended already. */
  public Change<Boolean> revoke(long id, String by, Instant at) {
    return connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE grants SET revoked_at = ?, ended_by = ?"
                  + " WHERE id = ? AND revoked_at IS NULL")) {
        Columns.bind(update, at, by, id);
        return update.executeUpdate() == 1;
      }
    };
  }

  /** End all grants of a session; gives how many. */
  public Change<Integer> revokeOfSession(String session, Instant at) {
    return connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE grants SET revoked_at = ? WHERE session = ? AND revoked_at IS NULL")) {
        Columns.bind(update, at, session);
        return update.executeUpdate();
      }
    };
  }

  /** List the grants of a session that nobody has ended, oldest first. */
  public List<GrantRow> notEnded(String session) throws StoreException {
    return queries.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT * FROM grants WHERE session = ? AND revoked_at IS NULL ORDER BY id")) {
            return Columns.all(Columns.bind(select, session), GrantRepository::row);
          }
        });
  }

  /** List the grants that are bound to no process and that nobody has ended, oldest first. */
  public List<GrantRow> lasting() throws StoreException {
    return queries.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT * FROM grants WHERE pid IS NULL AND revoked_at IS NULL ORDER BY id")) {
            return Columns.all(select, GrantRepository::row);
          }
        });
  }

  private static GrantRow row(ResultSet row) throws SQLException {
    Optional<Long> pid = Columns.optionalLong(row, "pid");
    long startTicks = row.getLong("start_ticks");
    return new GrantRow(
        row.getLong("id"),
        row.getLong("approval"),
        row.getString("session"),
        row.getString("scope"),
        row.getString("shape"),
        pid.map(number -> new ProcessKey(Math.toIntExact(number), startTicks)),
        row.getString("detail"),
        Columns.instant(row, "granted_at"),
        Columns.optionalInstant(row, "expires_at"),
        row.getString("boot"),
        row.getLong("deadline_ns"),
        row.getString("wrapped"),
        Columns.optionalInstant(row, "revoked_at"));
  }
}
