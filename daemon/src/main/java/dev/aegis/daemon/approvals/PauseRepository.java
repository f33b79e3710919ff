package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.Journal.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Whether every session is held, in the database. */
final class PauseRepository {

  private PauseRepository() {}

  static Optional<PauseDesk.Paused> paused(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT by, at FROM pause");
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(
              new PauseDesk.Paused(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
          : Optional.empty();
    }
  }

  static Change<Boolean> set(Optional<PauseDesk.Paused> next) {
    return connection -> {
      try (PreparedStatement delete = connection.prepareStatement("DELETE FROM pause")) {
        delete.executeUpdate();
      }
      if (next.isEmpty()) {
        return true;
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO pause (one, by, at) VALUES (1, ?, ?)")) {
        insert.setString(1, next.get().by());
        insert.setLong(2, next.get().at().toEpochMilli());
        return insert.executeUpdate() == 1;
      }
    };
  }
}
