package dev.aegis.daemon.approvals;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where an admin holds every session at once, and lets them go on. Thread-safe. */
public interface PauseDesk {

  /**
   * A pause that is in force.
   *
   * @param by who ordered it, as people read it
   */
  record Paused(String by, Instant at) {}

  /** What became of an order. */
  enum Outcome {
    DONE,
    /** It was so already. */
    ALREADY,
    /** Whoever ordered it is no admin; that is recorded. */
    REFUSED
  }

  /** Return the pause in force, if there is one. */
  Optional<Paused> paused();

  /**
   * Hold every session, or let all go on.
   *
   * @param hold false to let them go on
   * @return completed once the order is on the disk; a pause holds from the call on
   */
  CompletableFuture<Outcome> order(boolean hold, Answerer by, String channel);
}
