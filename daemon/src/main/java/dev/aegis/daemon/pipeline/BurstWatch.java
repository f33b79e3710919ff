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

  private final Map<String, Deque<Instant>> denials = new HashMap<>();

  /** Note a denial; true once for each burst. */
  synchronized boolean isBurst(String session, Instant at) {
    Deque<Instant> recent = denials.computeIfAbsent(session, id -> new ArrayDeque<>());
    recent.addLast(at);
    while (recent.getFirst().isBefore(at.minus(SHORT))) {
      recent.removeFirst();
    }
    if (recent.size() < MANY) {
      return false;
    }
    recent.clear();
    return true;
  }
}
