package dev.aegis.daemon.approvals;

import dev.aegis.config.Role;
import dev.aegis.daemon.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Whether every session is held. While it is, nothing that asks goes on, whatever the policy or
 * people say of it. Survives the daemon. Thread-safe.
 */
public final class Pause implements PauseDesk {

  /**
   * The number under which a process waits for the end of a pause. No approval ever has it, so that
   * whoever takes it up when there is no pause is told to ask anew.
   */
  public static final long REQUEST = 1L << 53;

  private final ApprovalRecords records;
  private final Timekeeper time;
  private final Executor workers;
  private final List<Runnable> waiting = new ArrayList<>();
  private final List<Runnable> listeners = new ArrayList<>();
  private Optional<Paused> paused = Optional.empty();

  /**
   * No pause; {@link #reload} takes up that of an earlier daemon.
   *
   * @param workers where what was held goes on
   */
  public Pause(ApprovalRecords records, Timekeeper time, Executor workers) {
    this.records = records;
    this.time = time;
    this.workers = workers;
  }

  /** Take up the pause that an earlier daemon left. */
  public synchronized void reload() throws StoreException {
    paused = records.inherited().paused();
  }

  /** Hear of every change, on the thread that makes it; must not block. */
  public synchronized void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized Optional<Paused> paused() {
    return paused;
  }

  /**
   * Do something when there is no pause: at once, or later.
   *
   * @return whether it was done at once
   */
  public boolean pass(Runnable work) {
    synchronized (this) {
      if (paused.isPresent()) {
        waiting.add(work);
        return false;
      }
    }
    work.run();
    return true;
  }

  @Override
  public CompletableFuture<Outcome> order(boolean hold, Answerer by, String channel) {
    if (!by.role().isAtLeast(Role.ADMIN)) {
      return records
          .ordered(hold, by, channel, time.now(), false)
          .thenApply(row -> Outcome.REFUSED);
    }
    Optional<Paused> next =
        hold ? Optional.of(new Paused(by.name(), time.now())) : Optional.empty();
    synchronized (this) {
      if (paused.isPresent() == hold) {
        return CompletableFuture.completedFuture(Outcome.ALREADY);
      }
    }
    if (hold) {
      become(next);
    }
    return records
        .ordered(hold, by, channel, time.now(), true)
        .thenApply(
            row -> {
              become(next);
              return Outcome.DONE;
            });
  }

  private void become(Optional<Paused> next) {
    List<Runnable> free;
    List<Runnable> told;
    synchronized (this) {
      paused = next;
      free = next.isPresent() ? List.of() : List.copyOf(waiting);
      if (next.isEmpty()) {
        waiting.clear();
      }
      told = List.copyOf(listeners);
    }
    told.forEach(Runnable::run);
    free.forEach(workers::execute);
  }
}
