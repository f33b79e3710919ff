package dev.aegis.daemon.pipeline;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again while the pipeline runs. After {@link #close} none is under way
 * and none begins, so that what it works on can be taken down.
 */
final class Rounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final ScheduledThreadPoolExecutor clock;

  /** Rounds in the one thread of a clock, which ends with them. */
  Rounds(ScheduledThreadPoolExecutor clock) {
    this.clock = clock;
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Do something from now on, with so many milliseconds between two times. */
  void every(long milliseconds, Runnable work) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.error("looking after sessions failed", e);
          }
        };
    var unused =
        clock.scheduleWithFixedDelay(guarded, milliseconds, milliseconds, TimeUnit.MILLISECONDS);
  }

  /** Wait for the round that is under way, and begin no other. */
  @Override
  public void close() {
    Pipeline.end(clock);
  }
}
