package dev.aegis.daemon.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what the table of approvals says with the decisions on record: both are written in one
 * transaction, so that one without the other was written by somebody else.
 */
final class DecisionCheck {

  private static final String DECIDED =
      """
      SELECT json_extract(record, '$.detail.id'), json_extract(record, '$.detail.state')
      FROM audit WHERE kind = 'approval.decided' ORDER BY seq DESC
      """;
  private static final String RELEASED =
      """
      SELECT json_extract(record, '$.detail.id'), 'released'
      FROM audit WHERE kind = 'approval.released'
      """;
  private static final String PENDING = "pending";

  private DecisionCheck() {}

  /** Say what is wrong with the first approval that has another state than the record says. */
  static Optional<String> complaint(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Map<Long, String> decided = records(statement, DECIDED);
      Map<Long, String> released = records(statement, RELEASED);
      try (ResultSet row =
          statement.executeQuery("SELECT id, state, released_at FROM approvals ORDER BY id")) {
        while (row.next()) {
          long id = row.getLong(1);
          String state = row.getString(2);
          String onRecord = decided.getOrDefault(id, PENDING);
          boolean went = row.getString(3) != null;
          if (!state.equals(onRecord)) {
            return Optional.of(
                "approval %d is %s in the database, and %s on record"
                    .formatted(id, state, onRecord));
          }
          if (went && !released.containsKey(id)) {
            return Optional.of(
                "approval %d went on as the database says, and not on record".formatted(id));
          }
        }
      }
    }
    return Optional.empty();
  }

  /* The first decision wins; rows come newest first, so that it is put last. */
  private static Map<Long, String> records(Statement statement, String sql) throws SQLException {
    Map<Long, String> records = new HashMap<>();
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        records.put(row.getLong(1), row.getString(2));
      }
    }
    return records;
  }
}
