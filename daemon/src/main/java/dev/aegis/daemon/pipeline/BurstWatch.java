package dev.aegis.daemon.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Notices when a session is denied unusually often. */
final class BurstWatch {

  private static final int MANY = 20;
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final Map<String, Deque<Instant>> denials = new HashMap<>();
  private final Map<String, Instant> noticed = new HashMap<>();

  /** Note a denial; true once for each burst, and at most once a minute. */
  synchronized boolean isBurst(String session, Instant at) {
    Deque<Instant> recent = denials.computeIfAbsent(session, id -> new ArrayDeque<>());
    recent.addLast(at);
    while (recent.getFirst().isBefore(at.minus(SHORT))) {
      recent.removeFirst();
    }
    Instant last = noticed.get(session);
    boolean quiet = last != null && at.isBefore(last.plus(QUIET));
    if (recent.size() < MANY || quiet) {
      return false;
    }
    recent.clear();
    noticed.put(session, at);
    return true;
  }
}
