package dev.aegis.daemon.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.daemon.audit.Testimony;
import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.ProcessKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells which of the rows about approvals the audit log attests. What it does not attest was
 * written by somebody else and counts for nothing.
 */
final class Evidence {

  private final Testimony testimony;

  Evidence(Testimony testimony) {
    this.testimony = testimony;
  }

  /**
   * A process that waits for an answer.
   *
   * @param spawned true when a child of it waits
   */
  record Waits(ProcessKey asker, boolean spawned) {}

  /** Note which row of the log tells of a question, or of how it was decided. */
  static void note(Connection connection, AuditLines.Kind kind, long id, long row)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE approvals SET %s = ? WHERE id = ?".formatted(column(kind)))) {
      update.setLong(1, row);
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  private static String column(AuditLines.Kind kind) {
    return kind == AuditLines.Kind.OPENED ? "opened_row" : "decided_row";
  }

  /** Tell whether a row is what was asked, and was decided as it says. */
  boolean attests(Connection connection, ApprovalRow row) throws SQLException {
    AuditLines.Kind kind =
        row.decision().isPresent() ? AuditLines.Kind.DECIDED : AuditLines.Kind.OPENED;
    String seal = Seal.of(row, DeadlineRepository.of(connection, row.id()));
    return line(connection, kind, row.id())
        .filter(line -> line.detail().path(AuditLines.SEAL).asText().equals(seal))
        .isPresent();
  }

  private Optional<Testimony.Line> line(Connection connection, AuditLines.Kind kind, long id)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s FROM approvals WHERE id = ?".formatted(column(kind)))) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? testimony.of(connection, row.getLong(1), kind.word(), id)
            : Optional.empty();
      }
    }
  }

  /** Return who was said to wait: who asked, and who asked the same later. */
  List<Waits> waiters(Connection connection, long id) throws SQLException {
    Optional<Testimony.Line> opened = line(connection, AuditLines.Kind.OPENED, id);
    return Stream.concat(opened.stream(), lines(connection, AuditLines.Kind.JOINED, id).stream())
        .map(line -> waiter(line.detail()))
        .toList();
  }

  private static Waits waiter(JsonNode detail) {
    return new Waits(
        new ProcessKey(detail.path("pid").asInt(), detail.path("start_ticks").asLong()),
        detail.path("spawned").asBoolean());
  }

  /** Return the votes that were really given. */
  List<VoteRepository.Vote> votes(Connection connection, long id) throws SQLException {
    List<VoteRepository.Vote> votes = new ArrayList<>(VoteRepository.of(connection, id));
    if (!votes.isEmpty()) {
      List<Testimony.Line> given = lines(connection, AuditLines.Kind.VOTE, id);
      votes.removeIf(vote -> given.stream().noneMatch(line -> isOf(vote, line.detail())));
    }
    return votes;
  }

  private static boolean isOf(VoteRepository.Vote vote, JsonNode said) {
    return said.path("person").asText().equals(vote.person())
        && said.path("scope").asText().equals(vote.scope().label())
        && said.path("seconds").asLong() == vote.time().toSeconds();
  }

  /** Return who is about to deny, or empty text. */
  String denialAnnouncedBy(Connection connection, long id) throws SQLException {
    return lines(connection, AuditLines.Kind.DENIAL_ANNOUNCED, id).stream()
        .findFirst()
        .map(line -> line.detail().path("name").asText())
        .orElse("");
  }

  /* Since the question was put. */
  private List<Testimony.Line> lines(Connection connection, AuditLines.Kind kind, long id)
      throws SQLException {
    Optional<Testimony.Line> opened = line(connection, AuditLines.Kind.OPENED, id);
    return opened.isEmpty()
        ? List.of()
        : testimony.since(connection, opened.get().row(), kind.word(), id);
  }
}
