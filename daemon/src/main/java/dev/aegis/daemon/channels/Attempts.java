package dev.aegis.daemon.channels;

import dev.aegis.daemon.audit.AuditEvent;
import dev.aegis.daemon.audit.AuditLog;
import dev.aegis.daemon.recent.LatestEntries;
import dev.aegis.daemon.store.Durability;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of those who may not talk to us: no answer, and a line in the audit log, once an
 * hour each and a few dozen an hour together.
 */
public final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST_AN_HOUR = 30;
  private static final int MOST_REMEMBERED = 1_000;

  private final String channel;
  private final AuditLog audit;
  private final InstantSource clock;
  private final Map<String, Instant> noted = LatestEntries.written(MOST_REMEMBERED);
  private final Deque<Instant> recent = new ArrayDeque<>();

  /** Attempts over one channel. */
  public Attempts(String channel, AuditLog audit, InstantSource clock) {
    this.channel = channel;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Note an attempt.
   *
   * @param kind of the row: {@code channel.stranger}, {@code channel.forged}
   * @param who names the person and the place for good
   * @param name of the person, with everything visible
   * @return completed when the row is written, at once when there is none
   */
  public CompletableFuture<?> note(String kind, String who, String name, String what) {
    Instant now = clock.instant();
    if (!isWorthNoting(kind + who, now)) {
      return CompletableFuture.completedFuture(null);
    }
    LOG.warn("{}: {} from {}: {}", channel, kind, who, what);
    return audit.append(
        new AuditEvent(
            now, kind, "", Map.of("channel", channel, "who", who, "name", name, "what", what)),
        Durability.WRITTEN);
  }

  private synchronized boolean isWorthNoting(String key, Instant now) {
    while (!recent.isEmpty() && recent.getFirst().isBefore(now.minus(HOUR))) {
      recent.removeFirst();
    }
    Instant last = noted.get(key);
    if (recent.size() >= MOST_AN_HOUR || (last != null && last.isAfter(now.minus(HOUR)))) {
      return false;
    }
    noted.put(key, now);
    recent.addLast(now);
    return true;
  }
}
