package dev.aegis.daemon.channels.sending;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after failures: longer each time, never the same, never under what is asked. */
public final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 8;

  private final RandomGenerator random;
  private int failures;

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Return the next wait, given how long the server wants to be left alone. */
  public synchronized Duration after(Duration asked) {
    long ceiling =
        Math.min(MOST.toMillis(), FIRST.toMillis() << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    Duration jittered = Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
    return asked.compareTo(jittered) < 0
        ? jittered
        : asked.plusMillis(random.nextLong(FIRST.toMillis()));
  }

  /** Something went well. */
  public synchronized void reset() {
    failures = 0;
  }
}
