package dev.aegis.daemon.approvals;

/** What became of an answer; no answer is ever dropped. */
public sealed interface AnswerOutcome {

  /** The answer counts. */
  record Accepted(Approval approval) implements AnswerOutcome {}

  /** Somebody, or the clock, was first; the approval says who. */
  record TooLate(Approval approval) implements AnswerOutcome {}

  /** What was asked for is no longer what would run: it was cancelled, and asked again. */
  record Voided(Approval approval) implements AnswerOutcome {}

  /** Whoever answered may not give this answer; the question is still open. */
  record Refused(Approval approval, String why) implements AnswerOutcome {}

  /** It counts, and more people must approve before anything goes on. */
  record Counted(Approval approval, int have, int needed) implements AnswerOutcome {}

  /** There is no such approval. */
  record Unknown(long id) implements AnswerOutcome {}
}
