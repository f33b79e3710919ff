package dev.aegis.daemon.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The statements that append to the chain, prepared once: this is the busiest table by far. */
final class ChainWriter {

  private final Connection connection;
  private final PreparedStatement readHead;
  private final PreparedStatement insertRow;
  private final PreparedStatement writeNote;

  ChainWriter(Connection connection) throws SQLException {
    this.connection = connection;
    this.readHead = connection.prepareStatement(ChainHead.NEWEST);
    this.insertRow = connection.prepareStatement("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)");
    this.writeNote =
        connection.prepareStatement(
            """
            INSERT INTO meta VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """);
  }

  boolean isOn(Connection other) {
    return connection == other;
  }

  ChainHead head() throws SQLException {
    try (ResultSet row = readHead.executeQuery()) {
      return ChainHead.of(row);
    }
  }

  void append(AuditEvent event, String record, ChainHead before, ChainHead head, AuditKey key)
      throws SQLException {
    insertRow.setLong(1, head.sequence());
    insertRow.setString(2, event.at().toString());
    insertRow.setString(3, event.kind());
    insertRow.setString(4, event.session());
    insertRow.setString(5, record);
    insertRow.setString(6, before.mac());
    insertRow.setString(7, head.mac());
    insertRow.executeUpdate();
    writeNote.setString(1, ChainHead.NOTE);
    writeNote.setString(2, head.note(key));
    writeNote.executeUpdate();
  }
}
