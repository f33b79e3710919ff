package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/**
 * The end of an approval: the first decision wins, and nothing is told to anybody before it is on
 * the disk.
 */
final class Settlement {

  private final Workplace place;
  private final PendingTable table;
  private final GrantBook grants;

  Settlement(Workplace place, GrantBook grants) {
    this.place = place;
    this.table = place.table();
    this.grants = grants;
  }

  /** Cancel every pending approval of a session. */
  CompletableFuture<Void> cancelOf(String session) {
    return CompletableFuture.allOf(
        idsOf(session, one -> true).stream()
            .map(id -> settle(id, Ending.cancelled("the session has ended")))
            .toArray(CompletableFuture<?>[]::new));
  }

  private List<Long> idsOf(String session, Predicate<PendingApproval> which) {
    synchronized (table) {
      return table.of(session).stream().filter(which).map(PendingApproval::id).toList();
    }
  }

  /** End a question without waiting for the end of it. */
  void settleLater(long id, Ending ending) {
    Completion.of(settle(id, ending), (outcome, failure) -> Workplace.stayedOpen(id, failure));
  }

  /** Settle a question as a person answered it. */
  CompletableFuture<AnswerOutcome> decide(Answered answer) {
    return settle(answer.id(), Ending.said(answer));
  }

  /** End a question, unless somebody was first. */
  CompletableFuture<AnswerOutcome> settle(long id, Ending ending) {
    CompletableFuture<AnswerOutcome> outcome = new CompletableFuture<>();
    PendingApproval entry;
    synchronized (table) {
      entry = table.get(id);
      if (entry == null) {
        return CompletableFuture.supplyAsync(() -> late(id), place.workers());
      }
      if (entry.deciding().isPresent()) {
        return entry.deciding().get().thenApply(Settlement::asLate);
      }
      if (ending.approves() && !entry.denialAnnouncedBy().isEmpty()) {
        return CompletableFuture.completedFuture(
            new AnswerOutcome.Refused(
                ApprovalRows.approval(entry.row()),
                entry.denialAnnouncedBy() + " is about to deny it"));
      }
      entry.decide(Optional.of(outcome));
    }
    Completion.of(
        CompletableFuture.supplyAsync(
                () -> !ending.approves() || entry.terms().stillHold(), place.workers())
            .thenCompose(holds -> write(entry, holds ? ending : ending.voided(), holds)),
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
      PendingApproval entry, Ending ending, boolean holds) {
    return place
        .records()
        .decide(entry.id(), ending.row(place.time().now()))
        .thenCompose(decision -> grantWhatLasts(entry, ending, decision))
        .thenApplyAsync(decision -> finish(entry, decision, holds), place.workers());
  }

  /* A grant that lasts is on the disk before anybody hears of the approval. */
  private CompletableFuture<ApprovalRecords.Decision> grantWhatLasts(
      PendingApproval entry, Ending ending, ApprovalRecords.Decision decision) {
    Optional<Scope> lasting =
        ending
            .scope()
            .map(scope -> scope == Scope.ONCE && entry.terms().lasting() ? Scope.SESSION : scope)
            .filter(Scope::isLasting);
    CompletableFuture<?> given = CompletableFuture.completedFuture(null);
    if (decision.first() && lasting.isPresent()) {
      given = grants.give(lastingGrant(entry, lasting.get(), ending));
    }
    if (decision.first() && ending.approves() && !entry.terms().reach().isEmpty()) {
      Grant walk = walkGrant(entry);
      given = given.thenCompose(before -> grants.give(walk));
    }
    return given.thenApply(done -> decision);
  }

  /* The process was said to go through a tree, and that is what was approved. */
  private static Grant walkGrant(PendingApproval entry) {
    return Grant.ofProcess(
        ApprovalRows.approval(entry.row()), ApprovalRows.asker(entry.row()), entry.terms());
  }

  private Grant lastingGrant(PendingApproval entry, Scope scope, Ending ending) {
    Timekeeper time = place.time();
    return new Grant(
        0,
        entry.id(),
        scope == Scope.ALWAYS ? "" : entry.row().session(),
        entry.row().wrapped(),
        scope,
        Optional.empty(),
        entry.terms(),
        ending.time().isZero()
            ? Optional.empty()
            : Optional.of(
                new Grant.End(
                    time.now().plus(ending.time()),
                    time.boot(),
                    time.monotonicNanos() + ending.time().toNanos())));
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
      return decidedByOthers(decision.row(), waiting);
    }
    for (Waiting one : waiting) {
      one.waiter().ifPresent(waiter -> waiter.settled(approval, entry.terms()));
    }
    place.news().publish(new ApprovalEvent.Decided(approval));
    if (approval.scope().filter(Scope::isLasting).isPresent()) {
      settleAlike(approval, one -> entry.terms().areShapeOf(one.terms()));
    }
    if (approval.scope().isPresent() && !entry.terms().reach().isEmpty()) {
      Grant walk = walkGrant(entry);
      settleAlike(
          approval, one -> walk.covers(one.terms(), List.of(ApprovalRows.asker(one.row()))));
    }
    return holds ? new AnswerOutcome.Accepted(approval) : new AnswerOutcome.Voided(approval);
  }

  /* This book decides each entry once: whoever was first wrote into the database. */
  private AnswerOutcome decidedByOthers(ApprovalRow row, List<Waiting> waiting) {
    place.distrust(row);
    Approval denied = ApprovalRows.distrusted(row, place.time().now());
    for (Waiting one : waiting) {
      one.waiter().ifPresent(waiter -> waiter.settled(denied, Terms.NOTHING));
    }
    place.news().publish(new ApprovalEvent.Decided(denied));
    return new AnswerOutcome.TooLate(denied);
  }

  /** Deny what a row asks that somebody else wrote or changed. */
  void distrust(ApprovalRow row) {
    place.distrust(row);
    Completion.of(
        place.records().decide(row.id(), Ending.distrusted().row(place.time().now())),
        (decision, failure) -> Workplace.stayedOpen(row.id(), failure));
  }

  /* Questions that the new grant would have answered are answered with it. */
  private void settleAlike(Approval approval, Predicate<PendingApproval> alike) {
    idsOf(approval.session(), alike).forEach(id -> settleLater(id, Ending.like(approval)));
  }

  private AnswerOutcome late(long id) {
    try {
      return place
          .records()
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
    return first instanceof AnswerOutcome.Voided voided
        ? new AnswerOutcome.TooLate(voided.approval())
        : first;
  }
}
