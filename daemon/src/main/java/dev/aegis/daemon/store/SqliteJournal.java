package dev.aegis.daemon.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer thread of a {@link Database}. It takes what has been submitted, applies it in one
 * transaction, and syncs as the strictest of the group asks.
 *
 * <p>Order of completion: WRITTEN and TRAILING after the commit, SYNCED after the sync of the
 * write-ahead log that follows it. What was only committed is synced within 100 ms.
 */
public final class SqliteJournal implements Journal, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);

  /* Both together stay below the 100 ms that the durabilities promise. */
  private static final long TRAILING_DELAY = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long SYNC_DELAY = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int LARGEST_GROUP = 1_000;

  private final Database database;
  private final WalSync walSync;
  private final LinkedBlockingQueue<Submission<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private final Object submission = new Object();
  private GroupTransaction transaction;
  private boolean closing;
  private long unsyncedSince;
  private boolean unsynced;
  private volatile StoreException fault;
  private boolean faultIsFinal;

  private SqliteJournal(Database database, WalSync walSync) {
    this.database = database;
    this.walSync = walSync;
    this.thread = new Thread(this::run, "aegis-journal");
  }

  /** Start the writer of a database. */
  public static SqliteJournal start(Database database) throws StoreException {
    try {
      return start(database, WalSync.of(database));
    } catch (IOException e) {
      throw new StoreException(
          "cannot sync the database " + database.file() + ": " + e.getMessage(), e);
    }
  }

  static SqliteJournal start(Database database, WalSync walSync) {
    SqliteJournal journal = new SqliteJournal(database, walSync);
    journal.thread.start();
    return journal;
  }

  @Override
  public <T> CompletableFuture<T> submit(Durability durability, Change<T> change) {
    Submission<T> entry = new Submission<>(durability, change);
    synchronized (submission) {
      if (closing) {
        entry.future().completeExceptionally(new StoreException("the daemon is stopping"));
      } else {
        queue.add(entry);
      }
    }
    return entry.future();
  }

  /** Say why nothing can be written at the moment; empty while all is well. */
  public Optional<StoreException> fault() {
    return Optional.ofNullable(fault);
  }

  private void run() {
    try {
      boolean more = true;
      while (more) {
        more = step();
      }
    } catch (InterruptedException e) {
      giveUp(e);
    } catch (RuntimeException | Error e) {
      giveUp(e);
      throw e;
    }
  }

  private void giveUp(Throwable cause) {
    StoreException complaint = new StoreException("the journal broke off: " + cause, cause);
    report(complaint, true);
    synchronized (submission) {
      closing = true;
      List<Submission<?>> rest = new ArrayList<>();
      queue.drainTo(rest);
      fail(rest, complaint);
    }
  }

  private boolean step() throws InterruptedException {
    Submission<?> first = unsynced ? queue.poll(syncDue(), TimeUnit.NANOSECONDS) : queue.take();
    if (first == null) {
      sync(List.of());
      return true;
    }
    List<Submission<?>> group = group(first);
    boolean last = group.removeIf(entry -> entry == STOP);
    commit(group);
    if (last) {
      sync(List.of());
    }
    return !last;
  }

  private long syncDue() {
    return Math.max(0, unsyncedSince + SYNC_DELAY - System.nanoTime());
  }

  /* Records that nobody waits for are left to gather; anything else goes at once. */
  private List<Submission<?>> group(Submission<?> first) throws InterruptedException {
    List<Submission<?>> group = new ArrayList<>();
    group.add(first);
    long deadline = System.nanoTime() + TRAILING_DELAY;
    boolean patient = first.durability() == Durability.TRAILING;
    while (patient && group.size() < LARGEST_GROUP) {
      Submission<?> next = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      group.add(next);
      patient = next.durability() == Durability.TRAILING;
    }
    queue.drainTo(group, Math.max(0, LARGEST_GROUP - group.size()));
    return group;
  }

  private void commit(List<Submission<?>> group) {
    if (group.isEmpty()) {
      return;
    }
    if (!faultIsFinal && database.isExchanged()) {
      report(
          new StoreException(
              "the database %s was moved, removed or exchanged while it was in use: put it back, then restart the daemon"
                  .formatted(database.file())),
          true);
    }
    if (faultIsFinal) {
      fail(group, fault);
      return;
    }
    try {
      List<Submission<?>> applied = transaction().commit(group);
      clearFault();
      committed(applied);
    } catch (SQLException e) {
      report(SqliteFailure.explained(database.file(), e), SqliteFailure.isFinal(e));
      fail(group, fault);
    }
  }

  private GroupTransaction transaction() throws SQLException {
    if (transaction == null) {
      transaction = new GroupTransaction(database.writer());
    }
    return transaction;
  }

  private void committed(List<Submission<?>> applied) {
    if (!unsynced) {
      unsynced = true;
      unsyncedSince = System.nanoTime();
    }
    List<Submission<?>> waiting = new ArrayList<>();
    for (Submission<?> entry : applied) {
      if (entry.durability() == Durability.SYNCED) {
        waiting.add(entry);
      } else {
        entry.complete();
      }
    }
    if (!waiting.isEmpty() || syncDue() == 0) {
      sync(waiting);
    }
  }

  /* After a failed sync nobody knows what the disk holds: no later one can be believed. */
  private void sync(List<Submission<?>> waiting) {
    unsynced = false;
    try {
      walSync.sync();
      waiting.forEach(Submission::complete);
    } catch (IOException e) {
      report(
          new StoreException(
              "the database %s could not be synced to the disk (%s): check the disk, then restart the daemon"
                  .formatted(database.file(), e.getMessage()),
              e),
          true);
      fail(waiting, fault);
    }
  }

  private void report(StoreException complaint, boolean isFinal) {
    LOG.error("{}; everything that needs a record is denied", complaint.getMessage());
    fault = complaint;
    faultIsFinal = isFinal;
  }

  private void clearFault() {
    if (fault != null) {
      LOG.warn("the database {} can be written again", database.file());
      fault = null;
    }
  }

  private static void fail(List<Submission<?>> group, StoreException complaint) {
    group.forEach(entry -> entry.future().completeExceptionally(complaint));
  }

  /** Write and sync what was submitted, then end the thread. The database stays open. */
  @Override
  public void close() throws StoreException {
    synchronized (submission) {
      if (!closing) {
        closing = true;
        queue.add(STOP);
      }
    }
    try {
      thread.join();
      walSync.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the last records were written", e);
    } catch (IOException e) {
      throw new StoreException("cannot close the write-ahead log: " + e.getMessage(), e);
    }
  }

  private static final Submission<Void> STOP =
      new Submission<>(Durability.SYNCED, connection -> null);
}
