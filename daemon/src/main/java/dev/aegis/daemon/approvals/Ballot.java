package dev.aegis.daemon.approvals;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.VoteRepository.Vote;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Where answers arrive: whether whoever gives one may, and whether enough people agree. */
final class Ballot {

  private final Workplace place;
  private final PendingTable table;
  private final ApprovalRecords records;
  private final Timekeeper time;
  private final Settlement settlement;
  private final AnswerRules rules;

  Ballot(Workplace place, Settlement settlement, AnswerRules rules) {
    this.place = place;
    this.table = place.table();
    this.records = place.records();
    this.time = place.time();
    this.settlement = settlement;
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
      place.tell(new ApprovalEvent.Changed(approval));
      return CompletableFuture.completedFuture(
          new AnswerOutcome.Counted(approval, votes.size(), needed));
    }
    String names = votes.stream().map(Vote::name).collect(Collectors.joining(", "));
    Vote narrowest =
        Collections.min(votes, Comparator.comparing(Vote::scope).thenComparing(Vote::time));
    return settlement.decide(answer.together(narrowest.scope(), narrowest.time(), names));
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
              place.tell(new ApprovalEvent.Changed(approval));
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
      Answerer by = new Answerer("", entry.denialAnnouncedBy(), Role.APPROVER);
      settlement.settleLater(
          entry.id(), Ending.said(Answered.no(entry.id(), by, "", Optional.empty())));
    }
  }
}
