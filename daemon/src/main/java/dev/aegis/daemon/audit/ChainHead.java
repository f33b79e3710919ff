package dev.aegis.daemon.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The newest link of the chain.
 *
 * @param sequence number of the newest row, 0 when there is none
 * @param mac its code, 64 zeros when there is none
 */
record ChainHead(long sequence, String mac) {

  static final ChainHead NONE = new ChainHead(0, "0".repeat(64));

  /** Name of the authenticated note in {@code meta}, by which rows cut off the end are missed. */
  static final String NOTE = "audit_head";

  static final String NEWEST = "SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1";

  /** Read the newest row. */
  static ChainHead read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NEWEST)) {
      return of(row);
    }
  }

  /** Take the one row of {@link #NEWEST}, if there is one. */
  static ChainHead of(ResultSet row) throws SQLException {
    return row.next() ? new ChainHead(row.getLong(1), row.getString(2)) : NONE;
  }

  /** Read the note of the head; empty when nothing was ever appended. */
  static Optional<String> readNote(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT value FROM meta WHERE name = ?")) {
      select.setString(1, NOTE);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** Return what the note of this head must be. */
  String note(AuditKey key) {
    return sequence + " " + key.authenticate(mac, "head " + sequence);
  }
}
