package dev.aegis.daemon.approvals;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Where every channel finds the open questions and brings the answers. Thread-safe. */
public interface ApprovalDesk {

  /** Return approvals, oldest first: the pending ones, or all that are remembered. */
  List<Approval> list(boolean all);

  /** Return one approval with its plan and ancestry. */
  Optional<ApprovalDetail> show(long id);

  /**
   * Bring an answer; the first one wins.
   *
   * @return completed once the decision is synced to the disk; exceptionally when the database
   *     refused it, and then nothing is decided
   */
  CompletableFuture<AnswerOutcome> decide(Answered answer);

  /**
   * Announce a denial whose reason is still being written: from now on nobody can approve, and a
   * daemon that starts again denies.
   *
   * @return as {@link #decide}; the question stays open until the denial itself is brought
   */
  CompletableFuture<AnswerOutcome> announceDenial(Answered denial);

  /** Return decided approvals, newest first, at most {@code limit}. */
  List<Approval> history(int limit);

  /** Hear every event from now on; the listener must not block. */
  Subscription subscribe(Consumer<ApprovalEvent> listener);
}
