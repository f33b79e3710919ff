package dev.aegis.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The audit log as it stands in the database of a home. */
final class AuditRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditRows() {}

  /** Return the records of one kind, oldest first. */
  static List<JsonNode> of(Path home, String kind) throws SQLException, IOException {
    List<JsonNode> records = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("aegis.db"));
        PreparedStatement select =
            connection.prepareStatement("SELECT record FROM audit WHERE kind = ? ORDER BY seq")) {
      select.setString(1, kind);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          records.add(JSON.readTree(rows.getString(1)));
        }
      }
    }
    return records;
  }
}
