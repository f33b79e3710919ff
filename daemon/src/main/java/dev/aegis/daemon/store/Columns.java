package dev.aegis.daemon.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How values stand in columns: times as milliseconds, lists as JSON, absence as NULL. */
final class Columns {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Columns() {}

  /**
   * Bind parameters in order.
   *
   * @param values strings, numbers, booleans, instants, lists of strings, optionals of these
   */
  static PreparedStatement bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, toColumn(values[i]));
    }
    return statement;
  }

  private static Object toColumn(Object value) throws SQLException {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? toColumn(optional.get()) : null;
    }
    if (value instanceof Instant instant) {
      return instant.toEpochMilli();
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof List<?> list) {
      try {
        return JSON.writeValueAsString(list);
      } catch (JsonProcessingException e) {
        throw new SQLException("not JSON: " + list, e);
      }
    }
    return value;
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    return optionalLong(row, column).map(Instant::ofEpochMilli);
  }

  static Optional<Long> optionalLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  /** Read a text; NULL reads as empty. */
  static String text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).orElse("");
  }

  static List<String> strings(ResultSet row, String column) throws SQLException {
    try {
      return List.of(JSON.readValue(row.getString(column), String[].class));
    } catch (JsonProcessingException e) {
      throw new SQLException("column " + column + " holds no list of strings", e);
    }
  }

  /** Read every row. */
  static <T> List<T> all(PreparedStatement statement, Reader<T> reader) throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(reader.read(rows));
      }
    }
    return found;
  }

  /** Make a value of the row that a result stands at. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
