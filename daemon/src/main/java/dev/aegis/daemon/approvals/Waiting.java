package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ProcessKey;
import java.util.Optional;

/** One process that waits for one approval; guarded by the book. */
final class Waiting {

  private final ProcessKey asker;
  private final boolean spawned;
  private Optional<ProcessKey> attached = Optional.empty();
  private Optional<Waiter> waiter;
  private long patientUntil;

  /**
   * A process that waits.
   *
   * @param spawned true when a child of the asker will do the waiting
   * @param waiter who hears the answer; empty while nobody is connected
   * @param patientUntil when somebody must be connected, monotonic
   */
  Waiting(ProcessKey asker, boolean spawned, Optional<Waiter> waiter, long patientUntil) {
    this.asker = asker;
    this.spawned = spawned;
    this.waiter = waiter;
    this.patientUntil = patientUntil;
  }

  ProcessKey asker() {
    return asker;
  }

  boolean spawned() {
    return spawned;
  }

  /** Return the process that waits as far as is known. */
  ProcessKey process() {
    return attached.orElse(asker);
  }

  boolean mayBeTakenUpBy(ProcessKey process, Optional<ProcessKey> parent) {
    if (attached.isPresent() || !spawned) {
      return process().equals(process);
    }
    return parent.filter(asker::equals).isPresent();
  }

  void attach(ProcessKey process, Waiter next) {
    attached = Optional.of(process);
    waiter = Optional.of(next);
  }

  /** When nobody is connected any more, somebody must be again in time. */
  void mayBeAwayUntil(long until) {
    // Another connection, or the one that the next program made, may still wait.
    if (waiter.isPresent() && !waiter.get().isThere()) {
      waiter = Optional.empty();
      patientUntil = until;
    }
  }

  Optional<Waiter> waiter() {
    return waiter;
  }

  boolean isImpatient(long now) {
    return waiter.isEmpty() && now - patientUntil > 0;
  }
}
