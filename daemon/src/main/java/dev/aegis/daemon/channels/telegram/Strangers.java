package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.audit.AuditEvent;
import dev.aegis.daemon.audit.AuditLog;
import dev.aegis.daemon.store.Durability;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.User;

/**
 * What keeps those who may not talk to the bot out: no answer, and a line in the audit log, once an
 * hour each and a few dozen an hour together.
 */
final class Strangers {

  private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST_AN_HOUR = 30;
  private static final int MOST_REMEMBERED = 1_000;

  private final AuditLog audit;
  private final InstantSource clock;
  private final Map<String, Instant> noted =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  private final Deque<Instant> recent = new ArrayDeque<>();

  Strangers(AuditLog audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Note an attempt.
   *
   * @param kind of the row: {@code channel.stranger}, {@code channel.forged}
   * @return completed when the row is written, at once when there is none
   */
  CompletableFuture<?> note(String kind, User user, Place place, String what) {
    Instant now = clock.instant();
    if (!isWorthNoting(kind + user.getId() + "/" + place.chat(), now)) {
      return CompletableFuture.completedFuture(null);
    }
    LOG.warn("Telegram: {} from user {} in chat {}: {}", kind, user.getId(), place.chat(), what);
    return audit.append(
        new AuditEvent(
            now,
            kind,
            "",
            Map.of(
                "channel", TelegramChannel.NAME,
                "user", user.getId(),
                "name", Access.name(user),
                "chat", place.chat(),
                "what", what)),
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
