package dev.aegis.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the user is told of denials: the first of each rule and process, and that there are more.
 */
final class DenialNotices {

  private record Source(long pid, String rule) {}

  private static final int MOST_SOURCES = 1_000;
  private static final int LONGEST_COMMAND = 200;

  private final Map<Source, Integer> denials = new HashMap<>();

  /** Return the line for a {@code denied} event, or nothing when enough was said. */
  Optional<String> tell(JsonNode event) {
    Source source = new Source(event.path("pid").asLong(), event.path("rule").asText());
    if (denials.size() >= MOST_SOURCES && !denials.containsKey(source)) {
      return Optional.empty();
    }
    int count = denials.merge(source, 1, Integer::sum);
    return switch (count) {
      case 1 ->
          Optional.of(
              "denied: %s (%s: %s)"
                  .formatted(
                      brief(event.path("command").asText()),
                      source.rule(),
                      event.path("reason").asText()));
      case 2 ->
          Optional.of(
              "denied: more of process %d by rule %s, not shown one by one"
                  .formatted(source.pid(), source.rule()));
      default -> Optional.empty();
    };
  }

  /* Nothing is decided by a notice; whoever is asked is shown more than the first line. */
  private static String brief(String command) {
    String line = command.lines().findFirst().orElse("");
    int end = Math.min(line.length(), LONGEST_COMMAND);
    if (end < line.length() && Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return end == command.length() ? command : line.substring(0, end) + " …";
  }
}
