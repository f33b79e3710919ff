package dev.aegis.daemon.approvals;

import dev.aegis.daemon.audit.AuditLog;
import dev.aegis.daemon.store.ApprovalRepository;
import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.GrantRepository;
import dev.aegis.daemon.store.GrantRow;
import dev.aegis.daemon.store.Journal;
import dev.aegis.daemon.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The durable side of grants: every one with its line in the audit log. Thread-safe. */
final class GrantRecords {

  private final Journal journal;
  private final AuditLog audit;
  private final ApprovalRepository approvals;
  private final GrantRepository grants;

  GrantRecords(
      Journal journal, AuditLog audit, ApprovalRepository approvals, GrantRepository grants) {
    this.journal = journal;
    this.audit = audit;
    this.approvals = approvals;
    this.grants = grants;
  }

  CompletableFuture<Long> add(Grant grant, Instant at) {
    GrantRow row =
        new GrantRow(
            0,
            grant.approval(),
            grant.session(),
            grant.scope().label(),
            grant.terms().shape(),
            grant.root(),
            StoredDetail.write(grant.terms()),
            at,
            grant.end().map(Grant.End::at),
            grant.end().map(Grant.End::boot).orElse(""),
            grant.end().map(Grant.End::nanos).orElse(0L),
            grant.wrapped(),
            Optional.empty());
    return journal.submit(
        Durability.SYNCED,
        connection -> {
          long id = grants.add(row).apply(connection);
          audit.change(AuditLines.given(id, row)).apply(connection);
          return id;
        });
  }

  /** Return the grants of a session, or those that hold always, that were really given. */
  List<Grant> of(String session, Inheritance inherited) throws StoreException {
    return grants.notEnded(session).stream()
        .filter(inherited::attests)
        .map(GrantRecords::grant)
        .toList();
  }

  private static Grant grant(GrantRow row) {
    return new Grant(
        row.id(),
        row.approval(),
        row.session(),
        row.wrapped(),
        Scope.ofLabel(row.scope()),
        row.root(),
        StoredDetail.read(row.detail(), Terms.class),
        row.expiresAt().map(at -> new Grant.End(at, row.boot(), row.deadlineNanos())));
  }

  List<GrantEntry> lasting() throws StoreException {
    List<GrantEntry> entries = new ArrayList<>();
    for (GrantRow row : grants.lasting()) {
      Optional<ApprovalRow> approval = approvals.find(row.approval());
      entries.add(
          new GrantEntry(
              row.id(),
              row.approval(),
              Optional.of(row.session()).filter(session -> !session.isEmpty()),
              row.wrapped(),
              Scope.ofLabel(row.scope()),
              approval.map(ApprovalRow::command).orElse(""),
              approval.map(ApprovalRow::cwd).orElse(""),
              approval.flatMap(ApprovalRow::decision).map(ApprovalRow.Decided::by).orElse(""),
              row.grantedAt(),
              row.expiresAt()));
    }
    return entries;
  }

  /** End a grant; false when it had ended. */
  CompletableFuture<Boolean> revoke(long id, String by, Instant at) {
    return journal.submit(
        Durability.SYNCED,
        connection -> {
          boolean ended = grants.revoke(id, by, at).apply(connection);
          if (ended) {
            audit.change(AuditLines.revoked(id, by, at)).apply(connection);
          }
          return ended;
        });
  }

  CompletableFuture<Integer> endOf(String session, Instant at) {
    return journal.submit(
        Durability.WRITTEN,
        connection -> {
          int ended = grants.revokeOfSession(session, at).apply(connection);
          if (ended > 0) {
            audit.change(AuditLines.ended(session, ended, at)).apply(connection);
          }
          return ended;
        });
  }
}
