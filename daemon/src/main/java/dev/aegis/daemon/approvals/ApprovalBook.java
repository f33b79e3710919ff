package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.daemon.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The life of every approval, from the question to the release. Thread-safe. */
public final class ApprovalBook implements ApprovalDesk {

  private static final int MOST_LISTED = 10_000;

  private final ApprovalRecords records;
  private final Timekeeper time;
  private final PendingTable table;
  private final ApprovalNews news = new ApprovalNews();
  private final Settlement settlement;
  private final Expiry expiry;
  private final Ballot ballot;
  private final Asking asking;
  private final WaitingRoom waitingRoom;

  /**
   * A book without pages; {@link #reload} reads those of an earlier daemon.
   *
   * @param workers where answers are told and files are looked at
   * @param rules who may answer what
   * @param approvesOnTimeout whether silence approves what is below high risk
   */
  public ApprovalBook(
      ApprovalRecords records,
      GrantBook grants,
      Timekeeper time,
      Executor workers,
      AnswerRules rules,
      BooleanSupplier approvesOnTimeout) {
    this.records = records;
    this.time = time;
    table = new PendingTable(time);
    Workplace place = new Workplace(table, records, news, time, workers);
    settlement = new Settlement(place, grants);
    expiry = new Expiry(place, settlement, approvesOnTimeout);
    ballot = new Ballot(place, settlement, rules);
    asking = new Asking(place, expiry);
    waitingRoom = new WaitingRoom(place, settlement);
  }

  /**
   * Ask people, or join those who wait for the same answer.
   *
   * @param spawned true when a child of the asker will attach and wait
   * @param waiter hears the answer; empty when somebody will attach
   * @return the number of the approval once its row is on the disk; {@link FloodException} when too
   *     many questions of the session are open
   */
  public CompletableFuture<Long> ask(Question question, boolean spawned, Optional<Waiter> waiter) {
    return asking.ask(question, spawned, waiter);
  }

  /** Take up a held request again. May read the database: not for the selector thread. */
  public Attached attach(
      String session, long id, ProcessKey process, Optional<ProcessKey> parent, Waiter waiter)
      throws StoreException {
    return waitingRoom.attach(session, id, process, parent, waiter);
  }

  /** A connection of a process is gone: it may come back for a while. */
  public void detached(String session, ProcessKey process) {
    waitingRoom.detached(session, process);
  }

  /** Cancel what nobody waits for any more. Call now and then. */
  public void sweep() {
    waitingRoom.sweep();
  }

  /**
   * Record that an approved operation is being carried out. May read the database.
   *
   * @return false when the process that says so is none of those that waited for it
   */
  public boolean released(String session, long id, ProcessKey process, Optional<ProcessKey> parent)
      throws StoreException {
    return waitingRoom.released(session, id, process, parent);
  }

  /** Cancel every pending approval of a session. */
  public CompletableFuture<Void> cancelOf(String session) {
    return settlement.cancelOf(session);
  }

  @Override
  public CompletableFuture<AnswerOutcome> decide(Answered answer) {
    return ballot.decide(answer);
  }

  @Override
  public CompletableFuture<AnswerOutcome> announceDenial(Answered denial) {
    return ballot.announceDenial(denial);
  }

  /**
   * Take up what an earlier daemon left pending.
   *
   * @param isOpen tells whether a session is still open; the approvals of others are cancelled
   */
  public void reload(Predicate<String> isOpen) throws StoreException {
    List<Long> orphaned = new ArrayList<>();
    synchronized (table) {
      for (ApprovalRecords.Stored stored : records.pending()) {
        if (!stored.attested()) {
          settlement.distrust(stored.row());
          continue;
        }
        PendingApproval entry = new PendingApproval(stored.row());
        boolean sameBoot = stored.deadline().boot().equals(time.boot());
        entry.denialIsAnnounced(stored.denialAnnouncedBy());
        table.add(entry);
        expiry.at(entry, sameBoot ? stored.deadline().nanos() : time.monotonicNanos());
        for (Evidence.Waits row : stored.waiters()) {
          entry
              .waiting()
              .add(
                  new Waiting(
                      row.asker(), row.spawned(), Optional.empty(), table.patienceFromNow()));
        }
        if (!sameBoot || !isOpen.test(stored.row().session())) {
          orphaned.add(entry.id());
        }
      }
    }
    ballot.takeUp();
    orphaned.forEach(
        id ->
            settlement.settleLater(
                id, Ending.cancelled("its session ended while the daemon was away")));
  }

  @Override
  public List<Approval> list(boolean all) {
    if (all) {
      return rows(() -> records.all(MOST_LISTED));
    }
    synchronized (table) {
      return table.pending().stream()
          .map(entry -> ApprovalRows.approval(entry.row()))
          .sorted(Comparator.comparingLong(Approval::id))
          .toList();
    }
  }

  @Override
  public List<Approval> history(int limit) {
    return rows(() -> records.history(limit));
  }

  private interface Rows {
    List<ApprovalRow> read() throws StoreException;
  }

  private static List<Approval> rows(Rows rows) {
    try {
      return rows.read().stream().map(ApprovalRows::approval).toList();
    } catch (StoreException e) {
      throw new UnreadableException(e);
    }
  }

  @Override
  public Optional<ApprovalDetail> show(long id) {
    int waiting;
    int alike;
    synchronized (table) {
      PendingApproval entry = table.get(id);
      waiting = entry == null ? 0 : entry.waiting().size();
      alike = entry == null ? 0 : table.alike(entry);
    }
    try {
      return records
          .find(id)
          .map(
              stored ->
                  ApprovalRows.detail(
                      stored.row(),
                      stored.votes().stream().map(VoteRepository.Vote::name).toList(),
                      waiting,
                      alike));
    } catch (StoreException e) {
      throw new UnreadableException(e);
    }
  }

  @Override
  public Subscription subscribe(Consumer<ApprovalEvent> listener) {
    return news.subscribe(listener);
  }
}
