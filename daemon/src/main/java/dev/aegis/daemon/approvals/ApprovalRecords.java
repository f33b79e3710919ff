package dev.aegis.daemon.approvals;

import dev.aegis.daemon.audit.AuditEvent;
import dev.aegis.daemon.audit.AuditLog;
import dev.aegis.daemon.store.ApprovalRepository;
import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.GrantRepository;
import dev.aegis.daemon.store.GrantRow;
import dev.aegis.daemon.store.Journal;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.daemon.store.Queries;
import dev.aegis.daemon.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The durable side of approvals: every change with its line in the audit log. Thread-safe. */
public final class ApprovalRecords {

  private final Journal journal;
  private final AuditLog audit;
  private final ApprovalRepository approvals;
  private final GrantRepository grants;
  private final Queries queries;

  /** Records in one database. */
  public ApprovalRecords(
      Journal journal,
      AuditLog audit,
      ApprovalRepository approvals,
      GrantRepository grants,
      Queries queries) {
    this.journal = journal;
    this.audit = audit;
    this.approvals = approvals;
    this.grants = grants;
    this.queries = queries;
  }

  /** A pending approval as the database holds it. */
  record Stored(
      ApprovalRow row,
      List<WaiterRepository.Row> waiters,
      WaiterRepository.Deadline deadline,
      List<VoteRepository.Vote> votes,
      String denialAnnouncedBy) {
    Stored {
      waiters = List.copyOf(waiters);
      votes = List.copyOf(votes);
    }
  }

  CompletableFuture<ApprovalRow> open(
      ApprovalRow row, boolean spawned, WaiterRepository.Deadline deadline) {
    ProcessKey asker = ApprovalRows.asker(row);
    return journal.submit(
        Durability.SYNCED,
        connection -> {
          long id = approvals.open(row).apply(connection);
          WaiterRepository.deadline(id, deadline).apply(connection);
          WaiterRepository.add(id, asker, spawned).apply(connection);
          return recorded(connection, "approval.opened", id);
        });
  }

  private ApprovalRow recorded(Connection connection, String kind, long id) throws SQLException {
    ApprovalRow row = ApprovalRepository.find(connection, id).orElseThrow();
    audit.change(event(kind, row)).apply(connection);
    return row;
  }

  CompletableFuture<Boolean> join(long id, ProcessKey asker, boolean spawned) {
    return journal.submit(Durability.WRITTEN, WaiterRepository.add(id, asker, spawned));
  }

  /** Decide; the first one wins. Gives the row as it stands then, and whether this was the one. */
  CompletableFuture<Decision> decide(long id, ApprovalRow.Decided decided) {
    return journal.submit(
        Durability.SYNCED,
        connection ->
            approvals.decide(id, decided).apply(connection)
                ? new Decision(recorded(connection, "approval.decided", id), true)
                : new Decision(ApprovalRepository.find(connection, id).orElseThrow(), false));
  }

  /** Add a vote, and give all that were given. */
  CompletableFuture<List<VoteRepository.Vote>> vote(Answered answer, Instant at) {
    return journal.submit(
        Durability.SYNCED,
        connection -> {
          if (VoteRepository.add(answer, at).apply(connection)) {
            audit.change(said("approval.vote", answer, at)).apply(connection);
          }
          return VoteRepository.of(connection, answer.id());
        });
  }

  /** Note who is about to deny; false when somebody else is already. */
  CompletableFuture<Boolean> announceDenial(Answered denial, Instant at) {
    return journal.submit(
        Durability.SYNCED,
        connection -> {
          boolean first = VoteRepository.announceDenial(denial).apply(connection);
          if (first) {
            audit.change(said("approval.denial_announced", denial, at)).apply(connection);
          }
          return first;
        });
  }

  /** Record an answer that its giver was not allowed to give. */
  CompletableFuture<Long> refused(Answered answer, String session, String why, Instant at) {
    AuditEvent said = said("approval.answer_refused", answer, at);
    Map<String, Object> detail = new LinkedHashMap<>(said.detail());
    detail.put("why", why);
    return audit.append(new AuditEvent(at, said.kind(), session, detail), Durability.WRITTEN);
  }

  private static AuditEvent said(String kind, Answered answer, Instant at) {
    return new AuditEvent(
        at,
        kind,
        "",
        Map.of(
            "id", answer.id(),
            "answer", answer.approve() ? "approve" : "deny",
            "person", answer.by().key(),
            "name", answer.by().name(),
            "role", answer.by().role().word(),
            "channel", answer.channel(),
            "scope", answer.scope().label()));
  }

  /** What became of an attempt to decide. */
  record Decision(ApprovalRow row, boolean first) {}

  CompletableFuture<Optional<ApprovalRow>> released(long id, Instant at) {
    return journal.submit(
        Durability.WRITTEN,
        connection ->
            approvals.released(id, at).apply(connection)
                ? Optional.of(recorded(connection, "approval.released", id))
                : Optional.<ApprovalRow>empty());
  }

  CompletableFuture<Long> grant(Grant grant, Instant at) {
    return journal.submit(
        Durability.SYNCED,
        grants.add(
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
                Optional.empty())));
  }

  List<Grant> grantsOf(String session) throws StoreException {
    return grants.notEnded(session).stream().map(ApprovalRecords::grant).toList();
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

  List<GrantEntry> lastingGrants() throws StoreException {
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

  /** Return the pause that was ordered last, if it was not ended. */
  Optional<PauseDesk.Paused> paused() throws StoreException {
    return queries.read(PauseRepository::paused);
  }

  CompletableFuture<Boolean> pause(
      Optional<PauseDesk.Paused> next, Answerer by, String channel, Instant at) {
    return journal.submit(
        Durability.SYNCED,
        connection -> {
          boolean changed = PauseRepository.set(next).apply(connection);
          audit.change(ordered(next.isPresent(), by, channel, at, true)).apply(connection);
          return changed;
        });
  }

  CompletableFuture<Long> pauseRefused(boolean hold, Answerer by, String channel, Instant at) {
    return audit.append(ordered(hold, by, channel, at, false), Durability.WRITTEN);
  }

  private static AuditEvent ordered(
      boolean hold, Answerer by, String channel, Instant at, boolean done) {
    return new AuditEvent(
        at,
        hold ? "sessions.paused" : "sessions.resumed",
        "",
        Map.of(
            "person", by.key(),
            "name", by.name(),
            "role", by.role().word(),
            "channel", channel,
            "done", done));
  }

  /** End a grant; false when it had ended. */
  CompletableFuture<Boolean> revoke(long id, String by, Instant at) {
    return journal.submit(
        Durability.SYNCED,
        connection -> {
          boolean ended = grants.revoke(id, by, at).apply(connection);
          if (ended) {
            audit
                .change(new AuditEvent(at, "grant.revoked", "", Map.of("id", id, "by", by)))
                .apply(connection);
          }
          return ended;
        });
  }

  CompletableFuture<Integer> endGrantsOf(String session, Instant at) {
    return journal.submit(Durability.WRITTEN, grants.revokeOfSession(session, at));
  }

  Optional<Stored> find(long id) throws StoreException {
    Optional<ApprovalRow> row = approvals.find(id);
    return row.isEmpty() ? Optional.empty() : Optional.of(stored(row.get()));
  }

  List<Stored> pending() throws StoreException {
    List<Stored> all = new ArrayList<>();
    for (ApprovalRow row : approvals.pending()) {
      all.add(stored(row));
    }
    return all;
  }

  private Stored stored(ApprovalRow row) throws StoreException {
    return queries.read(
        connection ->
            new Stored(
                row,
                WaiterRepository.of(connection, row.id()),
                WaiterRepository.deadlineOf(connection, row.id()),
                VoteRepository.of(connection, row.id()),
                VoteRepository.denialAnnouncedBy(connection, row.id())));
  }

  List<ApprovalRow> all(int limit) throws StoreException {
    return approvals.all(limit);
  }

  List<ApprovalRow> history(int limit) throws StoreException {
    return approvals.history(limit);
  }

  private static AuditEvent event(String kind, ApprovalRow row) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("id", row.id());
    detail.put("state", row.state().label());
    detail.put("tool", row.tool());
    detail.put("command", row.command());
    detail.put("path", row.path());
    detail.put("cwd", row.cwd());
    detail.put("rule", row.rule());
    detail.put("risk", row.risk());
    detail.put("categories", row.categories());
    detail.put("pid", row.pid());
    row.decision()
        .ifPresent(
            decided -> {
              detail.put("decided_by", decided.by());
              detail.put("channel", decided.channel());
              detail.put("scope", decided.scope());
              detail.put("reason", decided.reason());
            });
    Instant at =
        row.releasedAt()
            .or(() -> row.decision().map(ApprovalRow.Decided::at))
            .orElse(row.requestedAt());
    return new AuditEvent(at, kind, row.session(), detail);
  }
}
