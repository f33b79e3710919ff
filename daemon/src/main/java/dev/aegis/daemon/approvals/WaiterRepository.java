package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.Journal.Change;
import dev.aegis.daemon.store.ProcessKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Who waits for which approval, and until when, in the database. */
final class WaiterRepository {

  private WaiterRepository() {}

  /** One row. */
  record Row(ProcessKey asker, boolean spawned) {}

  /** The end of an approval on the clock of one boot. */
  record Deadline(String boot, long nanos) {}

  static Change<Boolean> add(long approval, ProcessKey asker, boolean spawned) {
    return connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT OR IGNORE INTO waiters VALUES (?, ?, ?, ?)")) {
        insert.setLong(1, approval);
        insert.setInt(2, asker.pid());
        insert.setLong(3, asker.startTicks());
        insert.setBoolean(4, spawned);
        return insert.executeUpdate() == 1;
      }
    };
  }

  static Change<Boolean> deadline(long approval, Deadline deadline) {
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

  static List<Row> of(Connection connection, long approval) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT pid, start_ticks, spawned FROM waiters WHERE approval = ?")) {
      select.setLong(1, approval);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(new Row(new ProcessKey(row.getInt(1), row.getLong(2)), row.getBoolean(3)));
        }
      }
    }
    return rows;
  }

  static Deadline deadlineOf(Connection connection, long approval) throws SQLException {
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
