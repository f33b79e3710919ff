package dev.aegis.daemon.approvals;

import dev.aegis.daemon.audit.AuditEvent;
import dev.aegis.daemon.audit.AuditLog;
import dev.aegis.daemon.audit.Testimony;
import dev.aegis.daemon.store.ApprovalRepository;
import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.GrantRepository;
import dev.aegis.daemon.store.Journal;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.daemon.store.Queries;
import dev.aegis.daemon.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The durable side of approvals: every change with its line in the audit log, and of what is read
 * back only what that log attests. Thread-safe.
 */
public final class ApprovalRecords {

  private final Journal journal;
  private final AuditLog audit;
  private final Evidence evidence;
  private final ApprovalRepository approvals;
  private final GrantRecords grants;
  private final Succession succession;
  private final Queries queries;

  /** Records in one database. */
  public ApprovalRecords(
      Journal journal,
      AuditLog audit,
      Testimony testimony,
      ApprovalRepository approvals,
      GrantRepository grants,
      Queries queries) {
    this.journal = journal;
    this.audit = audit;
    this.evidence = new Evidence(testimony);
    this.approvals = approvals;
    this.grants = new GrantRecords(journal, audit, approvals, grants);
    this.succession = new Succession(audit, testimony, queries);
    this.queries = queries;
  }

  GrantRecords grants() {
    return grants;
  }

  /** Return what an earlier daemon left in force. */
  Inheritance inherited() throws StoreException {
    return succession.inherited();
  }

  /**
   * An approval as the database holds it.
   *
   * @param attested false when the row is not what this or an earlier daemon wrote
   */
  record Stored(
      ApprovalRow row,
      boolean attested,
      List<Evidence.Waits> waiters,
      DeadlineRepository.Deadline deadline,
      List<VoteRepository.Vote> votes,
      String denialAnnouncedBy) {
    Stored {
      waiters = List.copyOf(waiters);
      votes = List.copyOf(votes);
    }
  }

  CompletableFuture<ApprovalRow> open(
      ApprovalRow row, boolean spawned, DeadlineRepository.Deadline deadline) {
    return journal.submit(
        Durability.SYNCED,
        connection -> {
          long id = approvals.open(row).apply(connection);
          DeadlineRepository.set(id, deadline).apply(connection);
          return recorded(connection, AuditLines.Kind.OPENED, id, spawned);
        });
  }

  private ApprovalRow recorded(
      Connection connection, AuditLines.Kind kind, long id, boolean spawned) throws SQLException {
    ApprovalRow row = ApprovalRepository.find(connection, id).orElseThrow();
    String seal = Seal.of(row, DeadlineRepository.of(connection, id));
    long line = audit.change(AuditLines.of(kind, row, seal, spawned)).apply(connection);
    if (kind != AuditLines.Kind.RELEASED) {
      Evidence.note(connection, kind, id, line);
    }
    return row;
  }

  CompletableFuture<Long> join(long id, ProcessKey asker, boolean spawned, Instant at) {
    return audit.append(AuditLines.joined(id, asker, spawned, at), Durability.WRITTEN);
  }

  /** Decide; the first one wins. Gives the row as it stands then, and whether this was the one. */
  CompletableFuture<Decision> decide(long id, ApprovalRow.Decided decided) {
    return journal.submit(
        Durability.SYNCED,
        connection ->
            approvals.decide(id, decided).apply(connection)
                ? new Decision(recorded(connection, AuditLines.Kind.DECIDED, id, false), true)
                : new Decision(ApprovalRepository.find(connection, id).orElseThrow(), false));
  }

  /** Add a vote, and give all that were given. */
  CompletableFuture<List<VoteRepository.Vote>> vote(Answered answer, Instant at) {
    return journal.submit(
        Durability.SYNCED,
        connection -> {
          if (VoteRepository.add(answer, at).apply(connection)) {
            append(connection, AuditLines.said(AuditLines.Kind.VOTE, "", answer, at));
          }
          return evidence.votes(connection, answer.id());
        });
  }

  private void append(Connection connection, AuditEvent event) throws SQLException {
    audit.change(event).apply(connection);
  }

  /** Note who is about to deny; false when somebody else is already. */
  CompletableFuture<Boolean> announceDenial(Answered denial, Instant at) {
    return journal.submit(
        Durability.SYNCED,
        connection -> {
          boolean first = VoteRepository.announceDenial(denial).apply(connection);
          if (first) {
            append(connection, AuditLines.said(AuditLines.Kind.DENIAL_ANNOUNCED, "", denial, at));
          }
          return first;
        });
  }

  /** Record an answer that its giver was not allowed to give. */
  CompletableFuture<Long> refused(Answered answer, String session, String why, Instant at) {
    return audit.append(AuditLines.refused(answer, session, why, at), Durability.WRITTEN);
  }

  /** Record that the log does not attest what the database says of an approval. */
  CompletableFuture<Long> distrusted(ApprovalRow row, Instant at) {
    return audit.append(AuditLines.distrusted(row, at), Durability.SYNCED);
  }

  /** What became of an attempt to decide. */
  record Decision(ApprovalRow row, boolean first) {}

  CompletableFuture<Optional<ApprovalRow>> released(long id, Instant at) {
    return journal.submit(
        Durability.WRITTEN,
        connection ->
            approvals.released(id, at).apply(connection)
                ? Optional.of(recorded(connection, AuditLines.Kind.RELEASED, id, false))
                : Optional.<ApprovalRow>empty());
  }

  CompletableFuture<Long> ordered(
      boolean hold, Answerer by, String channel, Instant at, boolean done) {
    return audit.append(
        AuditLines.ordered(hold, by, channel, at, done),
        done ? Durability.SYNCED : Durability.WRITTEN);
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
                evidence.attests(connection, row),
                evidence.waiters(connection, row.id()),
                DeadlineRepository.of(connection, row.id()),
                evidence.votes(connection, row.id()),
                evidence.denialAnnouncedBy(connection, row.id())));
  }

  List<ApprovalRow> all(int limit) throws StoreException {
    return approvals.all(limit);
  }

  List<ApprovalRow> history(int limit) throws StoreException {
    return approvals.history(limit);
  }
}
