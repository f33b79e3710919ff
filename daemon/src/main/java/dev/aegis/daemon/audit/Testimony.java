package dev.aegis.daemon.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads back what the log attests: rows whose code was made with the key. What anybody else wrote
 * into the database, into the log too, is none of it.
 */
public final class Testimony {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String COLUMNS =
      "SELECT seq, at, kind, session, record, previous, mac FROM audit WHERE ";
  private final AuditKey key;

  public Testimony(AuditKey key) {
    this.key = key;
  }

  /**
   * What one row says.
   *
   * @param row its number
   * @param session the session, or empty
   */
  public record Line(long row, Instant at, String kind, String session, JsonNode detail) {}

  /** Read one row, when it is of a kind and speaks of the thing with a number. */
  public Optional<Line> of(Connection connection, long row, String kind, long id)
      throws SQLException {
    return lines(connection, "seq = ? AND kind = ?", row, kind, id).stream().findFirst();
  }

  /** Read all rows of a kind, from one row on, that speak of the thing with a number, in order. */
  public List<Line> since(Connection connection, long first, String kind, long id)
      throws SQLException {
    return lines(connection, "seq >= ? AND kind = ? ORDER BY seq", first, kind, id);
  }

  private List<Line> lines(Connection connection, String where, long row, String kind, long id)
      throws SQLException {
    List<Line> lines = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(COLUMNS + where)) {
      select.setLong(1, row);
      select.setString(2, kind);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          read(found).filter(line -> line.detail().path("id").asLong() == id).ifPresent(lines::add);
        }
      }
    }
    return lines;
  }

  /**
   * Read the rows of some kinds from the newest one of a kind, or from the first row, to the head.
   *
   * @return empty when any row in between, of whatever kind, is missing or not what it was
   */
  public Optional<List<Line>> since(Connection connection, String start, Set<String> kinds)
      throws SQLException {
    List<Line> lines = new ArrayList<>();
    ChainWalk walk = null;
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS
                + "seq >= coalesce((SELECT max(seq) FROM audit WHERE kind = ?), 0) ORDER BY seq")) {
      select.setString(1, start);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          if (walk == null) {
            walk = ChainWalk.from(key, row);
          }
          walk.step(row);
          if (kinds.contains(row.getString("kind"))) {
            read(row).ifPresent(lines::add);
          }
        }
      }
    }
    ChainWalk whole = walk == null ? new ChainWalk(key, Optional.empty()) : walk;
    return whole.end(ChainHead.readNote(connection)).broken().isEmpty()
        ? Optional.of(List.copyOf(lines))
        : Optional.empty();
  }

  private Optional<Line> read(ResultSet row) throws SQLException {
    String record = row.getString("record");
    if (!key.authenticate(row.getString("previous"), record).equals(row.getString("mac"))) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(record);
      long sequence = row.getLong("seq");
      String kind = json.path("kind").asText();
      boolean inItsPlace =
          json.path("seq").asLong() == sequence && kind.equals(row.getString("kind"));
      return inItsPlace
          ? Optional.of(
              new Line(
                  sequence,
                  Instant.parse(json.path("at").asText()),
                  kind,
                  json.path("session").asText(),
                  json.path("detail")))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new SQLException("the key has signed what is no JSON", e);
    }
  }
}
