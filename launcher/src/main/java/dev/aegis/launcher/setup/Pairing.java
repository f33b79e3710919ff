package dev.aegis.launcher.setup;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/**
 * How a person shows that a chat is theirs: they send the bot a number that only this terminal has
 * shown, so that no stranger who writes to the bot at the same time is taken for them.
 */
public final class Pairing {

  private static final int NUMBERS = 1_000_000;
  private static final Duration LONGEST_POLL = Duration.ofSeconds(25);

  private final BotApi bot;
  private final String code = "%06d".formatted(new SecureRandom().nextInt(NUMBERS));

  public Pairing(BotApi bot) {
    this.bot = bot;
  }

  /** Return the number to send. */
  public String code() {
    return code;
  }

  /** Somebody who sent the number in their private chat with the bot. */
  public record Found(long id, String name) {}

  /** Wait for the number; empty when it does not come in time. */
  public Optional<Found> await(Duration patience) throws BotApiException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    long offset = 0;
    while (System.nanoTime() < end) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      Duration wait = left.compareTo(LONGEST_POLL) < 0 ? left : LONGEST_POLL;
      for (JsonNode update : bot.updates(offset, wait)) {
        offset = update.path("update_id").asLong() + 1;
        Optional<Found> found = sender(update.path("message"));
        if (found.isPresent()) {
          /* Confirms the update, so that the daemon does not hear the number as a command. */
          JsonNode unused = bot.updates(offset, Duration.ZERO);
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Found> sender(JsonNode message) {
    boolean isCode = message.path("text").asText().strip().matches("(/start )?" + code);
    boolean isPrivate = message.path("chat").path("type").asText().equals("private");
    return isCode && isPrivate
        ? Optional.of(
            new Found(
                message.path("from").path("id").asLong(),
                message.path("from").path("first_name").asText()))
        : Optional.empty();
  }
}
