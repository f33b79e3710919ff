package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.ApprovalState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a question is to end.
 *
 * @param scope of an approval, else empty
 * @param time of an approval for some minutes, else zero
 * @param by who ends it, as people read it
 * @param channel that carried it, or empty
 * @param reason or empty
 */
record Ending(
    ApprovalState state,
    Optional<Scope> scope,
    Duration time,
    String by,
    String channel,
    String reason) {

  static Ending said(Answered answer) {
    return new Ending(
        answer.approve() ? ApprovalState.APPROVED : ApprovalState.DENIED,
        Optional.of(answer.scope()).filter(scope -> answer.approve()),
        answer.time(),
        answer.by().name(),
        answer.channel(),
        answer.reason().orElse(""));
  }

  static Ending cancelled(String reason) {
    return new Ending(
        ApprovalState.CANCELLED, Optional.empty(), Duration.ZERO, "aegis", "", reason);
  }

  static Ending silence(boolean approves) {
    return new Ending(
        approves ? ApprovalState.APPROVED : ApprovalState.EXPIRED,
        Optional.of(Scope.ONCE).filter(scope -> approves),
        Duration.ZERO,
        "timeout",
        "",
        "nobody answered in time");
  }

  /** The end of a question of which somebody else has changed the row. */
  static Ending distrusted() {
    return new Ending(
        ApprovalState.DENIED,
        Optional.empty(),
        Duration.ZERO,
        "aegis",
        "",
        "the database was changed by others and the audit log does not attest what it says:"
            + " run `aegis audit verify`");
  }

  /** The end of a question that an answer to another one covers. */
  static Ending like(Approval other) {
    return new Ending(
        ApprovalState.APPROVED,
        Optional.of(Scope.ONCE),
        Duration.ZERO,
        other.decidedBy().orElse(""),
        other.channel().orElse(""),
        "same shape as approval " + other.id());
  }

  /** The same answer to what has changed since it was asked: void. */
  Ending voided() {
    return new Ending(
        ApprovalState.CANCELLED,
        Optional.empty(),
        Duration.ZERO,
        by,
        channel,
        "what was asked for has changed since: run it again to be asked again");
  }

  boolean approves() {
    return state == ApprovalState.APPROVED;
  }

  ApprovalRow.Decided row(Instant now) {
    return new ApprovalRow.Decided(
        state,
        now,
        by,
        channel,
        scope.map(Scope::label).orElse(""),
        time.isZero() ? Optional.empty() : Optional.of(now.plus(time)),
        reason);
  }
}
