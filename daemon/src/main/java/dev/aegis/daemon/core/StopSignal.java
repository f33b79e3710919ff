package dev.aegis.daemon.core;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The request to stop in order, whether it comes by a call, SIGTERM, SIGINT or SIGHUP. */
final class StopSignal implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private StopSignal() {}

  /** Hear signals from now on. */
  static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stopAndWait, "aegis-stop"));
    return signal;
  }

  /* The JVM halts when its hooks are done: this one lasts until everything is down. */
  private void stopAndWait() {
    request();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("aegis: the daemon did not stop in order in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ask for the end; returns at once. */
  void request() {
    requested.countDown();
  }

  /**
   * Wait until somebody asks for the end, but no longer than that.
   *
   * @return true when somebody asked
   */
  boolean await(Duration patience) throws InterruptedException {
    return requested.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Say that everything is down. */
  @Override
  public void close() {
    ended.countDown();
  }
}
