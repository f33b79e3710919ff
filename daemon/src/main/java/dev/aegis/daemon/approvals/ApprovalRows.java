package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.Risk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns questions into rows, and rows into approvals. */
final class ApprovalRows {

  private ApprovalRows() {}

  static ApprovalRow row(Question question, Instant now) {
    return new ApprovalRow(
        0,
        ApprovalState.PENDING,
        question.session(),
        question.wrapped(),
        question.tool(),
        question.command(),
        question.path(),
        question.cwd(),
        question.categories(),
        question.rule(),
        question.risk().score(),
        StoredDetail.write(question.blastRadius()),
        question.coverage(),
        question.asker().pid(),
        question.asker().startTicks(),
        question.terms().shape(),
        StoredDetail.write(question.terms()),
        StoredDetail.write(StoredDetail.of(question)),
        now,
        now.plus(question.timeout()),
        Optional.empty(),
        Optional.empty());
  }

  static Approval approval(ApprovalRow row) {
    return new Approval(
        row.id(),
        row.state(),
        row.session(),
        row.wrapped(),
        row.tool(),
        row.command(),
        row.path(),
        row.cwd(),
        row.categories(),
        row.rule(),
        row.risk(),
        new Risk(row.risk(), List.of()).tier().label(),
        StoredDetail.read(row.blastRadius(), BlastRadius.class),
        row.coverage(),
        row.shape(),
        row.requestedAt(),
        row.expiresAt(),
        row.decision().map(ApprovalRow.Decided::at),
        row.decision().map(ApprovalRow.Decided::by),
        row.decision().map(ApprovalRow.Decided::channel).filter(word -> !word.isEmpty()),
        row.decision()
            .map(ApprovalRow.Decided::scope)
            .filter(word -> !word.isEmpty())
            .map(Scope::ofLabel),
        row.decision().flatMap(ApprovalRow.Decided::until),
        row.decision().map(ApprovalRow.Decided::reason).filter(word -> !word.isEmpty()),
        row.releasedAt());
  }

  /** What is told of a row that somebody else wrote: that it is denied. */
  static Approval distrusted(ApprovalRow row, Instant now) {
    return approval(
        new ApprovalRow(
            row.id(),
            ApprovalState.DENIED,
            row.session(),
            row.wrapped(),
            row.tool(),
            row.command(),
            row.path(),
            row.cwd(),
            row.categories(),
            row.rule(),
            row.risk(),
            StoredDetail.write(BlastRadius.NONE),
            row.coverage(),
            row.pid(),
            row.startTicks(),
            row.shape(),
            row.binding(),
            row.detail(),
            row.requestedAt(),
            row.expiresAt(),
            Optional.of(Ending.distrusted().row(now)),
            Optional.empty()));
  }

  static ApprovalDetail detail(ApprovalRow row, List<String> approvedBy, int waiting, int alike) {
    StoredDetail stored = StoredDetail.read(row.detail());
    return new ApprovalDetail(
        approval(row),
        stored.why(),
        stored.warnings(),
        stored.riskReasons(),
        stored.plan(),
        stored.ancestry(),
        approvedBy,
        waiting,
        alike);
  }

  static Terms terms(ApprovalRow row) {
    return StoredDetail.read(row.binding(), Terms.class);
  }

  static ProcessKey asker(ApprovalRow row) {
    return new ProcessKey(row.pid(), row.startTicks());
  }
}
