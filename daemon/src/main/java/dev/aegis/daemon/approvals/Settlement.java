package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.daemon.store.StoreException;
import dev.aegis.operation.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an approval: the first decision wins, and nothing is told to anybody before it is on
 * the disk.
 */
final class Settlement {

  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final PendingTable table;
  private final ApprovalRecords records;
  private final GrantBook grants;
  private final ApprovalNews news;
  private final Timekeeper time;
  private final Executor workers;
  private final BooleanSupplier approvesOnTimeout;

  Settlement(
      PendingTable table,
      ApprovalRecords records,
      GrantBook grants,
      ApprovalNews news,
      Timekeeper time,
      Executor workers,
      BooleanSupplier approvesOnTimeout) {
    this.table = table;
    this.records = records;
    this.grants = grants;
    this.news = news;
    this.time = time;
    this.workers = workers;
    this.approvesOnTimeout = approvesOnTimeout;
  }

  /** Settle an entry without an answer at a monotonic time in nanoseconds. */
  void expireAt(PendingApproval entry, long deadline) {
    Duration left = Duration.ofNanos(Math.max(0, deadline - time.monotonicNanos()));
    entry.wake(time.after(left, () -> expire(entry.id())));
  }

  /** Cancel every pending approval of a session. */
  CompletableFuture<Void> cancelOf(String session) {
    List<Long> ids;
    synchronized (table) {
      ids =
          table.pending().stream()
              .filter(one -> one.row().session().equals(session))
              .map(PendingApproval::id)
              .toList();
    }
    return CompletableFuture.allOf(
        ids.stream()
            .map(id -> cancel(id, "the session has ended"))
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<AnswerOutcome> cancel(long id, String reason) {
    return settle(id, ApprovalState.CANCELLED, Optional.empty(), "aegis", "", reason);
  }

  /** Cancel without waiting for the end of it. */
  void cancelLater(long id, String reason) {
    Completion.of(
        cancel(id, reason),
        (outcome, failure) -> {
          if (failure != null) {
            LOG.warn("approval {} stays open for now: {}", id, failure.getMessage());
          }
        });
  }

  private void expire(long id) {
    boolean approves = approvesOnTimeout.getAsBoolean() && isBelowHigh(id);
    Completion.of(
        settle(
            id,
            approves ? ApprovalState.APPROVED : ApprovalState.EXPIRED,
            approves ? Optional.of(Scope.ONCE) : Optional.empty(),
            "timeout",
            "",
            "nobody answered in time"),
        (outcome, failure) -> {
          if (failure != null) {
            LOG.error("approval {} cannot be closed and is tried again", id, failure);
            time.after(Duration.ofSeconds(1), () -> expire(id));
          }
        });
  }

  private boolean isBelowHigh(long id) {
    PendingApproval entry = table.get(id);
    return entry != null
        && entry.denialAnnouncedBy().isEmpty()
        && new Risk(entry.row().risk(), List.of()).tier().compareTo(Risk.Tier.HIGH) < 0;
  }

  /** Settle a question as a person answered it. */
  CompletableFuture<AnswerOutcome> decide(Answered answer) {
    if (!answer.approve()) {
      return settle(
          answer.id(),
          ApprovalState.DENIED,
          Optional.empty(),
          answer.by().name(),
          answer.channel(),
          answer.reason().orElse(""));
    }
    return settle(
        answer.id(),
        ApprovalState.APPROVED,
        Optional.of(answer.scope()),
        answer.by().name(),
        answer.channel(),
        answer.reason().orElse(""));
  }

  private CompletableFuture<AnswerOutcome> settle(
      long id,
      ApprovalState state,
      Optional<Scope> scope,
      String by,
      String channel,
      String reason) {
    CompletableFuture<AnswerOutcome> outcome = new CompletableFuture<>();
    PendingApproval entry;
    synchronized (table) {
      entry = table.get(id);
      if (entry == null) {
        return CompletableFuture.supplyAsync(() -> late(id), workers);
      }
      if (entry.deciding().isPresent()) {
        return entry.deciding().get().thenApply(first -> asLate(first));
      }
      if (state == ApprovalState.APPROVED && !entry.denialAnnouncedBy().isEmpty()) {
        return CompletableFuture.completedFuture(
            new AnswerOutcome.Refused(
                ApprovalRows.approval(entry.row()),
                entry.denialAnnouncedBy() + " is about to deny it"));
      }
      entry.decide(Optional.of(outcome));
    }
    Completion.of(
        CompletableFuture.supplyAsync(
                () -> state != ApprovalState.APPROVED || entry.terms().stillHold(), workers)
            .thenCompose(holds -> write(entry, state, scope, by, channel, reason, holds)),
        (result, failure) -> {
          if (failure != null) {
            synchronized (table) {
              entry.decide(Optional.empty());
            }
            outcome.completeExceptionally(failure);
          } else {
            outcome.complete(result);
          }
        });
    return outcome;
  }

  private CompletableFuture<AnswerOutcome> write(
      PendingApproval entry,
      ApprovalState state,
      Optional<Scope> scope,
      String by,
      String channel,
      String reason,
      boolean holds) {
    ApprovalRow.Decided decided =
        holds
            ? new ApprovalRow.Decided(
                state, time.now(), by, channel, scope.map(Scope::label).orElse(""), reason)
            : new ApprovalRow.Decided(
                ApprovalState.CANCELLED,
                time.now(),
                by,
                channel,
                "",
                "what was asked for has changed since: run it again to be asked again");
    return records
        .decide(entry.id(), decided)
        .thenCompose(decision -> grantForSession(entry, decision))
        .thenApplyAsync(decision -> finish(entry, decision, holds), workers);
  }

  /* A grant for the session is on the disk before anybody hears of the approval. */
  private CompletableFuture<ApprovalRecords.Decision> grantForSession(
      PendingApproval entry, ApprovalRecords.Decision decision) {
    Approval approval = ApprovalRows.approval(decision.row());
    boolean lasting =
        approval.scope().filter(Scope.SESSION::equals).isPresent()
            || (approval.state() == ApprovalState.APPROVED && entry.terms().lasting());
    if (!decision.first() || !lasting) {
      return CompletableFuture.completedFuture(decision);
    }
    return grants
        .give(
            new Grant(
                entry.id(), approval.session(), Scope.SESSION, Optional.empty(), entry.terms()))
        .thenApply(grant -> decision);
  }

  private AnswerOutcome finish(
      PendingApproval entry, ApprovalRecords.Decision decision, boolean holds) {
    Approval approval = ApprovalRows.approval(decision.row());
    List<Waiting> waiting;
    synchronized (table) {
      table.remove(entry.id());
      entry.wake(() -> {});
      waiting = List.copyOf(entry.waiting());
    }
    if (!decision.first()) {
      return new AnswerOutcome.TooLate(approval);
    }
    for (Waiting one : waiting) {
      one.waiter().ifPresent(waiter -> waiter.settled(approval, entry.terms()));
    }
    news.publish(new ApprovalEvent.Decided(approval));
    if (approval.scope().filter(Scope.SESSION::equals).isPresent()) {
      settleAlike(approval, entry.terms());
    }
    return holds ? new AnswerOutcome.Accepted(approval) : new AnswerOutcome.Voided(approval);
  }

  /* Questions of the same shape are answered with it. */
  private void settleAlike(Approval approval, Terms terms) {
    Predicate<PendingApproval> alike =
        one ->
            one.row().session().equals(approval.session())
                && one.terms().shape().equals(terms.shape());
    List<Long> ids;
    synchronized (table) {
      ids = table.pending().stream().filter(alike).map(PendingApproval::id).toList();
    }
    for (long id : ids) {
      Completion.of(
          settle(
              id,
              ApprovalState.APPROVED,
              Optional.of(Scope.ONCE),
              approval.decidedBy().orElse(""),
              approval.channel().orElse(""),
              "same shape as approval " + approval.id()),
          (outcome, failure) -> {
            if (failure != null) {
              LOG.warn("approval {} stays open", id, failure);
            }
          });
    }
  }

  private AnswerOutcome late(long id) {
    try {
      return records
          .find(id)
          .<AnswerOutcome>map(
              stored -> new AnswerOutcome.TooLate(ApprovalRows.approval(stored.row())))
          .orElse(new AnswerOutcome.Unknown(id));
    } catch (StoreException e) {
      throw new CompletionException(e);
    }
  }

  private static AnswerOutcome asLate(AnswerOutcome first) {
    if (first instanceof AnswerOutcome.Accepted accepted) {
      return new AnswerOutcome.TooLate(accepted.approval());
    }
    if (first instanceof AnswerOutcome.Voided voided) {
      return new AnswerOutcome.TooLate(voided.approval());
    }
    return first;
  }
}
