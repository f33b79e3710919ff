package dev.aegis.daemon.approvals;

import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.daemon.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that wait: they come, may be lost and come again, and carry out what was approved.
 */
final class WaitingRoom {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);

  private final Workplace place;
  private final PendingTable table;
  private final ApprovalRecords records;
  private final Settlement settlement;

  WaitingRoom(Workplace place, Settlement settlement) {
    this.place = place;
    this.table = place.table();
    this.records = place.records();
    this.settlement = settlement;
  }

  /** Take up a held request again. May read the database: not for the selector thread. */
  Attached attach(
      String session, long id, ProcessKey process, Optional<ProcessKey> parent, Waiter waiter)
      throws StoreException {
    synchronized (table) {
      PendingApproval entry = table.get(id);
      if (entry != null) {
        Optional<Waiting> place = entry.waitingFor(process, parent);
        if (place.isEmpty() || !entry.row().session().equals(session)) {
          return Attached.UNKNOWN;
        }
        place.get().attach(process, waiter);
        return Attached.WAITING;
      }
    }
    Optional<ApprovalRecords.Stored> stored = records.find(id);
    if (stored.isEmpty()
        || !stored.get().row().session().equals(session)
        || stored.get().row().decision().isEmpty()
        || stored.get().row().releasedAt().isPresent()
        || stored.get().waiters().stream().noneMatch(row -> isWaiter(row, process, parent))) {
      return Attached.UNKNOWN;
    }
    place.tell(stored.get(), waiter);
    return Attached.SETTLED;
  }

  private static boolean isWaiter(
      Evidence.Waits row, ProcessKey process, Optional<ProcessKey> parent) {
    return row.spawned()
        ? parent.filter(row.asker()::equals).isPresent()
        : row.asker().equals(process);
  }

  /** A connection of a process is gone: it may come back for a while. */
  void detached(String session, ProcessKey process) {
    List<Long> abandoned;
    synchronized (table) {
      Collection<PendingApproval> of = table.of(session);
      if (of.stream().noneMatch(entry -> entry.isAwaitedBy(process))) {
        return;
      }
      abandoned = left(of, ProcessFacts.isAlive(process) ? Set.of() : Set.of(process));
    }
    cancel(abandoned);
  }

  /** Cancel what nobody waits for any more. Call now and then. */
  void sweep() {
    Set<ProcessKey> gone = new HashSet<>();
    synchronized (table) {
      table.pending().forEach(entry -> entry.waiting().forEach(one -> gone.add(one.process())));
    }
    gone.removeIf(ProcessFacts::isAlive);
    List<Long> abandoned;
    synchronized (table) {
      abandoned = left(table.pending(), gone);
    }
    cancel(abandoned);
  }

  /* Whoever is gone waits no more, and neither does who stays away too long. */
  private List<Long> left(Collection<PendingApproval> of, Set<ProcessKey> gone) {
    List<Long> abandoned = new ArrayList<>();
    long now = place.time().monotonicNanos();
    for (PendingApproval entry : of) {
      entry.waiting().forEach(one -> one.mayBeAwayUntil(table.patienceFromNow()));
      boolean someLeft =
          entry.waiting().removeIf(one -> one.isImpatient(now) || gone.contains(one.process()));
      if (someLeft && entry.waiting().isEmpty() && entry.deciding().isEmpty()) {
        abandoned.add(entry.id());
      }
    }
    return abandoned;
  }

  private void cancel(List<Long> abandoned) {
    abandoned.forEach(
        id -> settlement.settleLater(id, Ending.cancelled("the process that asked is gone")));
  }

  /**
   * Record that an approved operation is being carried out. May read the database.
   *
   * @return false when the process that says so is none of those that waited for it
   */
  boolean released(String session, long id, ProcessKey process, Optional<ProcessKey> parent)
      throws StoreException {
    Optional<ApprovalRecords.Stored> stored = records.find(id);
    if (stored.isEmpty()
        || !stored.get().row().session().equals(session)
        || stored.get().waiters().stream().noneMatch(row -> isWaiter(row, process, parent))) {
      return false;
    }
    Completion.of(
        records.released(id, place.time().now()),
        (row, failure) -> {
          if (failure != null) {
            LOG.error("the release of approval {} cannot be recorded", id, failure);
          } else {
            row.map(ApprovalRows::approval)
                .ifPresent(approval -> place.tell(new ApprovalEvent.Released(approval)));
          }
        });
    return true;
  }
}
