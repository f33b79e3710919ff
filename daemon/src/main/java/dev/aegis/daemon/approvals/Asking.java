package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.StoreException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beginning of an approval: nobody is asked before its row is on the disk. */
final class Asking {

  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
  private static final int MOST_PENDING_OF_SESSION = 64;

  private final Workplace place;
  private final PendingTable table;
  private final ApprovalRecords records;
  private final Timekeeper time;
  private final Expiry expiry;

  Asking(Workplace place, Expiry expiry) {
    this.place = place;
    this.table = place.table();
    this.records = place.records();
    this.time = place.time();
    this.expiry = expiry;
  }

  /**
   * Ask people, or join those who wait for the same answer.
   *
   * @param spawned true when a child of the asker will attach and wait
   * @param waiter hears the answer; empty when somebody will attach
   * @return the number of the approval once its row is on the disk
   */
  CompletableFuture<Long> ask(Question question, boolean spawned, Optional<Waiter> waiter) {
    CompletableFuture<PendingApproval> opened;
    boolean joined;
    synchronized (table) {
      Optional<CompletableFuture<PendingApproval>> same =
          table
              .same(question)
              .map(CompletableFuture::completedFuture)
              .or(() -> table.sameOnItsWay(question));
      joined = same.isPresent();
      if (!joined && table.openOf(question.session()) >= MOST_PENDING_OF_SESSION) {
        return CompletableFuture.failedFuture(new FloodException(MOST_PENDING_OF_SESSION));
      }
      opened = joined ? same.get() : open(question, spawned);
    }
    return opened.thenCompose(entry -> join(entry, question, spawned, waiter, joined));
  }

  private CompletableFuture<PendingApproval> open(Question question, boolean spawned) {
    long deadline = time.monotonicNanos() + question.timeout().toNanos();
    CompletableFuture<PendingApproval> opened = new CompletableFuture<>();
    table.isOnItsWay(question, opened);
    Completion.of(
        records.open(
            ApprovalRows.row(question, time.now()),
            spawned,
            new DeadlineRepository.Deadline(time.boot(), deadline)),
        (row, failure) -> {
          PendingApproval entry = null;
          synchronized (table) {
            table.hasArrived(question);
            if (failure == null) {
              entry = new PendingApproval(row);
              table.add(entry);
              expiry.at(entry, deadline);
            }
          }
          if (failure == null) {
            opened.complete(entry);
            Approval approval = ApprovalRows.approval(row);
            place.tell(new ApprovalEvent.Opened(approval));
          } else {
            opened.completeExceptionally(failure);
          }
        });
    return opened;
  }

  private CompletableFuture<Long> join(
      PendingApproval entry,
      Question question,
      boolean spawned,
      Optional<Waiter> waiter,
      boolean joined) {
    CompletableFuture<?> durable =
        joined
            ? records.join(entry.id(), question.asker(), spawned, time.now())
            : CompletableFuture.completedFuture(true);
    return durable.thenApply(
        ignored -> {
          synchronized (table) {
            if (table.get(entry.id()) == entry) {
              entry
                  .waiting()
                  .add(new Waiting(question.asker(), spawned, waiter, table.patienceFromNow()));
              return entry.id();
            }
          }
          // Decided while this one was still joining: it hears what the others heard.
          waiter.ifPresent(one -> tellStored(entry.id(), one));
          return entry.id();
        });
  }

  private void tellStored(long id, Waiter waiter) {
    place
        .workers()
        .execute(
            () -> {
              try {
                place.tell(records.find(id).orElseThrow(), waiter);
              } catch (StoreException e) {
                LOG.error("approval {} cannot be read; who waits for it times out", id, e);
              }
            });
  }
}
