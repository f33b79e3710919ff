package dev.aegis.daemon.intercept;

import java.security.SecureRandom;
import java.time.Instant;

/** Names of new sessions: they sort by time, and nobody guesses them. */
final class SessionIds {

  private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LENGTH = 12;

  private final SecureRandom random = new SecureRandom();

  /* The time first, so that they sort; the rest at random. */
  String next() {
    StringBuilder id = new StringBuilder();
    long seconds = Instant.now().getEpochSecond();
    for (int shift = 30; shift >= 0; shift -= 5) {
      id.append(LETTERS.charAt((int) (seconds >> shift) & 31));
    }
    while (id.length() < LENGTH) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
