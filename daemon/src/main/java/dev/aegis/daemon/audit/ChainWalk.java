package dev.aegis.daemon.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** One pass over the rows of the chain; it remembers the first row that is not what it was. */
final class ChainWalk {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AuditKey key;
  private final Optional<String> anchor;
  private ChainHead head = ChainHead.NONE;
  private long rows;
  private long gaps;
  private AuditVerifier.Broken broken;
  private Optional<Long> anchored = Optional.empty();

  ChainWalk(AuditKey key, Optional<String> anchor) {
    this.key = key;
    this.anchor = anchor;
  }

  /** A pass that begins at a row in the middle, whose own text says which one came before. */
  static ChainWalk from(AuditKey key, ResultSet row) throws SQLException {
    ChainWalk walk = new ChainWalk(key, Optional.empty());
    long before = row.getLong("seq") - 1;
    if (before > 0) {
      walk.head = new ChainHead(before, row.getString("previous"));
    }
    return walk;
  }

  void step(ResultSet row) throws SQLException {
    rows++;
    if ("records.lost".equals(row.getString("kind"))) {
      gaps++;
    }
    long sequence = row.getLong("seq");
    if (broken == null) {
      complaint(row, sequence).ifPresent(found -> broken = found);
    }
    head = new ChainHead(sequence, row.getString("mac"));
    if (broken == null && anchor.filter(head.mac()::startsWith).isPresent()) {
      anchored = Optional.of(sequence);
    }
  }

  private Optional<AuditVerifier.Broken> complaint(ResultSet row, long sequence)
      throws SQLException {
    long expected = head.sequence() + 1;
    if (sequence != expected) {
      return broken(expected, "the row is missing; the next one there is row " + sequence);
    }
    if (!row.getString("previous").equals(head.mac())) {
      return broken(sequence, "it does not follow the row before it");
    }
    String record = row.getString("record");
    if (!key.authenticate(head.mac(), record).equals(row.getString("mac"))) {
      return broken(sequence, "its record was changed, or written without the key");
    }
    Optional<AuditVerifier.Broken> changed = columnComplaint(row, sequence, record);
    return changed.isPresent() ? changed : ownComplaint(row.getString("kind"), sequence);
  }

  /* What the daemon itself noticed while it ran. */
  private static Optional<AuditVerifier.Broken> ownComplaint(String kind, long sequence) {
    return kind.equals(ChainedAuditLog.TAMPERED)
        ? broken(sequence, "the daemon found here that others had written to the log")
        : Optional.empty();
  }

  /* The columns beside the record are for queries; they must say the same. */
  private static Optional<AuditVerifier.Broken> columnComplaint(
      ResultSet row, long sequence, String record) throws SQLException {
    try {
      JsonNode json = JSON.readTree(record);
      if (json.path("seq").asLong() != sequence) {
        return broken(sequence, "it stands in the place of row " + json.path("seq").asLong());
      }
      for (String column : new String[] {"at", "kind", "session"}) {
        if (!json.path(column).asText().equals(row.getString(column))) {
          return broken(sequence, "its column " + column + " was changed");
        }
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return broken(sequence, "its record is no JSON");
    }
  }

  /**
   * End the pass.
   *
   * @param note of the head, as it was kept beside the chain
   */
  AuditVerifier.Report end(Optional<String> note) {
    if (broken == null) {
      missingEnd(note).ifPresent(found -> broken = found);
    }
    return new AuditVerifier.Report(
        rows,
        gaps,
        rows == 0 ? Optional.empty() : Optional.of(head.mac()),
        anchored,
        Optional.ofNullable(broken));
  }

  private Optional<AuditVerifier.Broken> missingEnd(Optional<String> note) {
    if (note.isEmpty()) {
      return rows == 0
          ? Optional.empty()
          : broken(head.sequence(), "the note of the chain's head is missing");
    }
    if (note.get().equals(head.note(key))) {
      return Optional.empty();
    }
    return broken(
        head.sequence() + 1,
        "rows after row %d are missing: the head of the chain was row %s"
            .formatted(head.sequence(), note.get().split(" ", 2)[0]));
  }

  private static Optional<AuditVerifier.Broken> broken(long row, String why) {
    return Optional.of(new AuditVerifier.Broken(row, why));
  }
}
