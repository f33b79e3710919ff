package dev.aegis.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.config.AegisConfig.LogLevel;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of the daemon's log, whichever format it was written in.
 *
 * @param time wall clock
 * @param level how much it matters
 * @param text the line as it stands in the file
 * @param message what it says after time and level
 */
record LogLine(Instant time, LogLevel level, String text, String message) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Read a line.
   *
   * @return empty when it begins no entry but goes on with the one before, as a stack trace does
   */
  static Optional<LogLine> parse(String line) {
    return line.startsWith("{") ? parseJson(line) : parseText(line);
  }

  private static Optional<LogLine> parseText(String line) {
    String[] words = line.split("\\s+", 3);
    return words.length < 2
        ? Optional.empty()
        : of(words[0], words[1], line, words.length < 3 ? "" : words[2]);
  }

  private static Optional<LogLine> parseJson(String line) {
    try {
      JsonNode entry = JSON.readTree(line);
      return of(
          entry.path("time").asText(),
          entry.path("level").asText(),
          line,
          entry.path("message").asText());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<LogLine> of(String time, String level, String line, String message) {
    try {
      Instant instant = OffsetDateTime.parse(time).toInstant();
      String known = level.equals("WARN") ? "WARNING" : level.equals("TRACE") ? "DEBUG" : level;
      return Arrays.stream(LogLevel.values())
          .filter(candidate -> candidate.word().equals(known))
          .findFirst()
          .map(found -> new LogLine(instant, found, line, message));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Return what {@code --json} prints. */
  Object json() {
    if (text.startsWith("{")) {
      try {
        return JSON.readTree(text);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("was read before: " + text, e);
      }
    }
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put("time", time.toString());
    entry.put("level", level.word());
    entry.put("message", message);
    return entry;
  }
}
