package dev.aegis.daemon.approvals;

import dev.aegis.daemon.approvals.VoteRepository.Vote;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where answers arrive: whether whoever gives one may, and whether enough people agree. */
final class Ballot {

  private static final Logger LOG = LoggerFactory.getLogger(Ballot.class);

  private final PendingTable table;
  private final ApprovalRecords records;
  private final Settlement settlement;
  private final ApprovalNews news;
  private final Timekeeper time;
  private final Executor workers;
  private final AnswerRules rules;

  Ballot(
      PendingTable table,
      ApprovalRecords records,
      Settlement settlement,
      ApprovalNews news,
      Timekeeper time,
      Executor workers,
      AnswerRules rules) {
    this.table = table;
    this.records = records;
    this.settlement = settlement;
    this.news = news;
    this.time = time;
    this.workers = workers;
    this.rules = rules;
  }

  CompletableFuture<AnswerOutcome> decide(Answered answer) {
    PendingApproval entry = table.get(answer.id());
    if (entry == null) {
      return settlement.decide(answer);
    }
    Optional<String> refusal = rules.refusal(answer, entry.row());
    if (refusal.isPresent()) {
      return refuse(answer, entry, refusal.get());
    }
    int needed = rules.needed(entry.row().categories());
    if (!answer.approve() || needed == 1) {
      return settlement.decide(answer);
    }
    return records
        .vote(answer, time.now())
        .thenCompose(votes -> count(answer, entry, votes, needed));
  }

  private CompletableFuture<AnswerOutcome> count(
      Answered answer, PendingApproval entry, List<Vote> votes, int needed) {
    if (votes.size() < needed) {
      Approval approval = ApprovalRows.approval(entry.row());
      workers.execute(() -> news.publish(new ApprovalEvent.Changed(approval)));
      return CompletableFuture.completedFuture(
          new AnswerOutcome.Counted(approval, votes.size(), needed));
    }
    /* The narrowest scope that all of them gave. */
    Scope scope = votes.stream().map(Vote::scope).min(Scope::compareTo).orElse(Scope.ONCE);
    String names = votes.stream().map(Vote::name).collect(Collectors.joining(", "));
    return settlement.decide(
        new Answered(
            answer.id(),
            true,
            scope,
            new Answerer(answer.by().key(), names, answer.by().role()),
            answer.channel(),
            answer.reason()));
  }

  private CompletableFuture<AnswerOutcome> refuse(
      Answered answer, PendingApproval entry, String why) {
    return records
        .refused(answer, entry.row().session(), why, time.now())
        .thenApply(sequence -> new AnswerOutcome.Refused(ApprovalRows.approval(entry.row()), why));
  }

  CompletableFuture<AnswerOutcome> announceDenial(Answered denial) {
    PendingApproval entry = table.get(denial.id());
    if (entry == null) {
      return settlement.decide(denial);
    }
    Optional<String> refusal = rules.refusal(denial, entry.row());
    if (refusal.isPresent()) {
      return refuse(denial, entry, refusal.get());
    }
    synchronized (table) {
      if (entry.denialAnnouncedBy().isEmpty()) {
        entry.denialIsAnnounced(denial.by().name());
      }
    }
    return records
        .announceDenial(denial, time.now())
        .thenApply(
            first -> {
              Approval approval = ApprovalRows.approval(entry.row());
              workers.execute(() -> news.publish(new ApprovalEvent.Changed(approval)));
              return new AnswerOutcome.Accepted(approval);
            });
  }

  /** Deny what was about to be denied when an earlier daemon ended. */
  void takeUp() {
    List<PendingApproval> announced;
    synchronized (table) {
      announced =
          table.pending().stream().filter(one -> !one.denialAnnouncedBy().isEmpty()).toList();
    }
    for (PendingApproval entry : announced) {
      Answerer by = new Answerer("", entry.denialAnnouncedBy(), dev.aegis.config.Role.APPROVER);
      Completion.of(
          settlement.decide(new Answered(entry.id(), false, Scope.ONCE, by, "", Optional.empty())),
          (outcome, failure) -> {
            if (failure != null) {
              LOG.warn("approval {} stays open until its time-out", entry.id(), failure);
            }
          });
    }
  }
}
