package dev.aegis.daemon.approvals;

import dev.aegis.daemon.audit.AuditEvent;
import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.GrantRow;
import dev.aegis.daemon.store.ProcessKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The lines of the audit log about approvals, grants and pauses. */
final class AuditLines {

  /** Name of the hash of a row; see {@link Seal}. */
  static final String SEAL = "seal";

  private AuditLines() {}

  /** What a line tells. */
  enum Kind {
    OPENED("approval.opened"),
    JOINED("approval.joined"),
    VOTE("approval.vote"),
    DENIAL_ANNOUNCED("approval.denial_announced"),
    ANSWER_REFUSED("approval.answer_refused"),
    DECIDED("approval.decided"),
    RELEASED("approval.released"),
    DISTRUSTED("approval.distrusted"),
    GRANT_GIVEN("grant.given"),
    GRANT_REVOKED("grant.revoked"),
    GRANTS_ENDED("grants.ended"),
    PAUSED("sessions.paused"),
    RESUMED("sessions.resumed"),
    TAKEN_UP("records.taken_up");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Kind of(String word) {
      return Stream.of(values()).filter(kind -> kind.word.equals(word)).findFirst().orElseThrow();
    }
  }

  /** A line about an approval as its row stands. */
  static AuditEvent of(Kind kind, ApprovalRow row, String seal, boolean spawned) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("id", row.id());
    detail.put("state", row.state().label());
    detail.put("tool", row.tool());
    detail.put("command", row.command());
    detail.put("path", row.path());
    detail.put("cwd", row.cwd());
    detail.put("rule", row.rule());
    detail.put("risk", row.risk());
    detail.put("categories", row.categories());
    detail.put("pid", row.pid());
    if (kind == Kind.OPENED) {
      detail.put("start_ticks", row.startTicks());
      detail.put("spawned", spawned);
    }
    row.decision()
        .ifPresent(
            decided -> {
              detail.put("decided_by", decided.by());
              detail.put("channel", decided.channel());
              detail.put("scope", decided.scope());
              detail.put("reason", decided.reason());
            });
    detail.put(SEAL, seal);
    Instant at =
        row.releasedAt()
            .or(() -> row.decision().map(ApprovalRow.Decided::at))
            .orElse(row.requestedAt());
    return new AuditEvent(at, kind.word(), row.session(), detail);
  }

  static AuditEvent joined(long id, ProcessKey asker, boolean spawned, Instant at) {
    return new AuditEvent(
        at,
        Kind.JOINED.word(),
        "",
        Map.of(
            "id", id, "pid", asker.pid(), "start_ticks", asker.startTicks(), "spawned", spawned));
  }

  /** The log does not attest what the database says of an approval. */
  static AuditEvent distrusted(ApprovalRow row, Instant at) {
    return new AuditEvent(
        at,
        Kind.DISTRUSTED.word(),
        row.session(),
        Map.of("id", row.id(), "state", row.state().label()));
  }

  /** A line about what somebody said to a question. */
  static AuditEvent said(Kind kind, String session, Answered answer, Instant at) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("id", answer.id());
    detail.put("answer", answer.approve() ? "approve" : "deny");
    detail.put("person", answer.by().key());
    detail.put("name", answer.by().name());
    detail.put("role", answer.by().role().word());
    detail.put("channel", answer.channel());
    detail.put("scope", answer.scope().label());
    detail.put("seconds", answer.time().toSeconds());
    return new AuditEvent(at, kind.word(), session, detail);
  }

  static AuditEvent refused(Answered answer, String session, String why, Instant at) {
    AuditEvent said = said(Kind.ANSWER_REFUSED, session, answer, at);
    said.detail().put("why", why);
    return said;
  }

  static AuditEvent given(long id, GrantRow row) {
    return new AuditEvent(
        row.grantedAt(),
        Kind.GRANT_GIVEN.word(),
        row.session(),
        Map.of(
            "id",
            id,
            "approval",
            row.approval(),
            "scope",
            row.scope(),
            "wrapped",
            row.wrapped(),
            "pid",
            row.root().map(ProcessKey::pid).orElse(0),
            SEAL,
            Seal.of(row)));
  }

  static AuditEvent revoked(long id, String by, Instant at) {
    return new AuditEvent(at, Kind.GRANT_REVOKED.word(), "", Map.of("id", id, "by", by));
  }

  static AuditEvent ended(String session, int grants, Instant at) {
    return new AuditEvent(at, Kind.GRANTS_ENDED.word(), session, Map.of("grants", grants));
  }

  /** Somebody ordered that every session be held, or not any more. */
  static AuditEvent ordered(boolean hold, Answerer by, String channel, Instant at, boolean done) {
    return new AuditEvent(
        at,
        (hold ? Kind.PAUSED : Kind.RESUMED).word(),
        "",
        Map.of(
            "person", by.key(),
            "name", by.name(),
            "role", by.role().word(),
            "channel", channel,
            "done", done));
  }
}
