package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.Journal.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Until when approvals wait, in the database. */
final class DeadlineRepository {

  private DeadlineRepository() {}

  /** The end of an approval on the clock of one boot. */
  record Deadline(String boot, long nanos) {}

  static Change<Boolean> set(long approval, Deadline deadline) {
    return connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE approvals SET boot = ?, deadline_ns = ? WHERE id = ?")) {
        update.setString(1, deadline.boot());
        update.setLong(2, deadline.nanos());
        update.setLong(3, approval);
        return update.executeUpdate() == 1;
      }
    };
  }

  static Deadline of(Connection connection, long approval) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT boot, deadline_ns FROM approvals WHERE id = ?")) {
      select.setLong(1, approval);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Deadline(row.getString(1), row.getLong(2));
      }
    }
  }
}
