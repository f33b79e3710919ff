package dev.aegis.daemon.channels;

import dev.aegis.daemon.approvals.AnswerOutcome;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.store.ApprovalState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line what became of an answer. */
public final class Outcomes {

  private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

  private Outcomes() {}

  /**
   * Say what became of an answer.
   *
   * @param channel where it is said
   */
  public static String of(AnswerOutcome outcome, String channel) {
    if (outcome instanceof AnswerOutcome.Accepted accepted) {
      return accepted.approval().state() == ApprovalState.APPROVED
          ? "Approved. The message tells when the process goes on."
          : "Denied.";
    }
    if (outcome instanceof AnswerOutcome.TooLate late) {
      return "Too late: " + ended(late.approval(), channel);
    }
    if (outcome instanceof AnswerOutcome.Voided) {
      return "Nothing was approved: what would run has changed since. It is asked again if it still matters.";
    }
    if (outcome instanceof AnswerOutcome.Refused refused) {
      return "Not counted: " + refused.why() + ".";
    }
    if (outcome instanceof AnswerOutcome.Counted counted) {
      return "Counted: %d of %d people have approved.".formatted(counted.have(), counted.needed());
    }
    return "There is no such question.";
  }

  /** Say that an answer came to nothing. */
  public static String of(Throwable failure) {
    LOG.error("an answer from the phone could not be recorded", failure);
    return "Nothing was decided: it could not be recorded. See aegis doctor.";
  }

  /** Say who ended a question, as plain text. */
  static String ended(Approval approval, String channel) {
    return "already %s%s%s."
        .formatted(
            approval.state().label(),
            approval.decidedBy().map(by -> " by " + by).orElse(""),
            approval
                .channel()
                .filter(other -> !other.equals(channel))
                .map(other -> " (" + other + ")")
                .orElse(""));
  }
}
