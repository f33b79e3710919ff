package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.ProcessKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An approval that nobody has decided yet, with those who wait for it; guarded by the book. */
final class PendingApproval {

  private final ApprovalRow row;
  private final Terms terms;
  private final List<Waiting> waiting = new ArrayList<>();
  private Optional<CompletableFuture<AnswerOutcome>> deciding = Optional.empty();
  private String denialAnnouncedBy = "";
  private Timekeeper.Alarm alarm = () -> {};

  PendingApproval(ApprovalRow row) {
    this.row = row;
    this.terms = ApprovalRows.terms(row);
  }

  long id() {
    return row.id();
  }

  ApprovalRow row() {
    return row;
  }

  Terms terms() {
    return terms;
  }

  List<Waiting> waiting() {
    return waiting;
  }

  boolean isQuestion(Terms other) {
    return deciding.isEmpty() && terms.exact().equals(other.exact());
  }

  boolean isAwaitedBy(ProcessKey process) {
    return waiting.stream().anyMatch(one -> one.process().equals(process));
  }

  Optional<Waiting> waitingFor(ProcessKey process, Optional<ProcessKey> parent) {
    return waiting.stream().filter(one -> one.mayBeTakenUpBy(process, parent)).findFirst();
  }

  Optional<CompletableFuture<AnswerOutcome>> deciding() {
    return deciding;
  }

  void decide(Optional<CompletableFuture<AnswerOutcome>> next) {
    deciding = next;
  }

  /** Return who is about to deny, or empty text. */
  String denialAnnouncedBy() {
    return denialAnnouncedBy;
  }

  void denialIsAnnounced(String by) {
    denialAnnouncedBy = by;
  }

  void wake(Timekeeper.Alarm next) {
    alarm.cancel();
    alarm = next;
  }
}
