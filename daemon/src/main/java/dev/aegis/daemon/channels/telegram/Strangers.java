package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.channels.Attempts;
import java.util.concurrent.CompletableFuture;
import org.telegram.telegrambots.meta.api.objects.User;

/** Those who may not talk to the bot: no answer, and a line in the audit log. */
final class Strangers {

  private final Attempts attempts;

  Strangers(Attempts attempts) {
    this.attempts = attempts;
  }

  /** Note an attempt; completed when nothing of it can be lost. */
  CompletableFuture<?> note(String kind, User user, Place place, String what) {
    return attempts.note(
        kind, "user %d in chat %d".formatted(user.getId(), place.chat()), Access.name(user), what);
  }
}
