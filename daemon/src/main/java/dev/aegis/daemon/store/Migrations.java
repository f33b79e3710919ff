package dev.aegis.daemon.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbered steps from an empty database to today's schema. A step that was ever released is
 * never edited: the next one changes what it made.
 */
final class Migrations {

  private final List<Migration> steps;

  /**
   * One step.
   *
   * @param number 1, 2, 3 …
   * @param name of its file
   * @param sql statements
   */
  record Migration(int number, String name, String sql) {}

  Migrations(List<Migration> steps) {
    this.steps = List.copyOf(steps);
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).number() != i + 1) {
        throw new IllegalArgumentException("migrations are not numbered 1, 2, 3 …: " + steps);
      }
    }
  }

  /** Read the steps that this version ships. */
  static Migrations shipped() {
    try {
      List<Migration> steps = new ArrayList<>();
      for (String name : resource("index.txt").lines().toList()) {
        steps.add(new Migration(Integer.parseInt(name.substring(0, 3)), name, resource(name)));
      }
      return new Migrations(steps);
    } catch (IOException e) {
      throw new IllegalStateException("the migrations of this version cannot be read", e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = Migrations.class.getResourceAsStream("migrations/" + name)) {
      if (stream == null) {
        throw new FileNotFoundException(name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  int newest() {
    return steps.size();
  }

  /**
   * Bring a database up to date, each step in a transaction of its own.
   *
   * @throws StoreException when the database was written by a newer version of Aegis
   */
  void apply(Connection connection) throws SQLException, StoreException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          CREATE TABLE IF NOT EXISTS schema_version (
            number     INTEGER PRIMARY KEY,
            name       TEXT NOT NULL,
            applied_at TEXT NOT NULL
          ) STRICT
          """);
    }
    int version = version(connection);
    if (version > newest()) {
      throw new StoreException(
          "the database has schema %d and this version of Aegis knows %d at most: use the newer version that wrote it, or move the database away"
              .formatted(version, newest()));
    }
    for (Migration step : steps.subList(version, newest())) {
      apply(connection, step);
    }
  }

  static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT coalesce(max(number), 0) FROM schema_version")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void apply(Connection connection, Migration step) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("BEGIN IMMEDIATE");
      try {
        statement.executeUpdate(step.sql());
        try (PreparedStatement record =
            connection.prepareStatement("INSERT INTO schema_version VALUES (?, ?, ?)")) {
          Columns.bind(record, step.number(), step.name(), Instant.now().toString());
          record.executeUpdate();
        }
        statement.executeUpdate("COMMIT");
      } catch (SQLException e) {
        statement.executeUpdate("ROLLBACK");
        throw e;
      }
    }
  }
}
