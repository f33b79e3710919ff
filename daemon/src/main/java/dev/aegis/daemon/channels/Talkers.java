package dev.aegis.daemon.channels;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much each person may say: taps are not counted, what is written is. */
public final class Talkers {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_A_MINUTE = 20;

  private final InstantSource clock;
  private final Map<Long, Deque<Instant>> recent = new ConcurrentHashMap<>();

  public Talkers(InstantSource clock) {
    this.clock = clock;
  }

  /** Count something that a person wrote; false when it is too much. */
  public boolean may(long person) {
    Instant now = clock.instant();
    Deque<Instant> said = recent.computeIfAbsent(person, id -> new ArrayDeque<>());
    synchronized (said) {
      while (!said.isEmpty() && said.getFirst().isBefore(now.minus(MINUTE))) {
        said.removeFirst();
      }
      if (said.size() >= MOST_A_MINUTE) {
        return false;
      }
      said.addLast(now);
      return true;
    }
  }
}
