package dev.aegis.daemon.audit;

import dev.aegis.daemon.recent.LatestEntries;
import java.util.Map;

/**
 * The texts of late that held no secret: programs, directories and rules come again with each
 * operation. Never one that holds a secret, which would stay in memory. Thread-safe.
 */
final class HarmlessTexts {

  private static final int MOST = 512;
  private static final int LONGEST = 256;

  private final Map<String, Boolean> texts = LatestEntries.used(MOST);

  synchronized boolean contains(String text) {
    return text.length() <= LONGEST && texts.get(text) != null;
  }

  synchronized void add(String text) {
    if (text.length() <= LONGEST) {
      texts.put(text, Boolean.TRUE);
    }
  }
}
