package dev.aegis.launcher.card;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One pending approval as the card asks it.
 *
 * @param id number of the approval
 * @param wrapped name of the wrapped program
 * @param tool kind of operation, as rules spell it
 * @param command shell-quoted command line, or one line that says what would happen
 * @param path what it is about, resolved; empty when it is about no file
 * @param cwd where it would run; empty when unknown
 * @param categories what it means
 * @param rule the rule that asks
 * @param tier low, medium, high or critical
 * @param risk 0 to 100
 * @param blastRadius one line: what would be lost; empty when unknown
 * @param expiresAt when it is denied by itself, if that is known
 */
public record Question(
    long id,
    String wrapped,
    String tool,
    String command,
    String path,
    String cwd,
    List<String> categories,
    String rule,
    String tier,
    int risk,
    String blastRadius,
    Optional<Instant> expiresAt) {

  public Question {
    categories = List.copyOf(categories);
  }

  /**
   * Reads an approval as the daemon sends it.
   *
   * @return empty when it has no number, without which it cannot be answered
   */
  public static Optional<Question> of(JsonNode approval) {
    long id = approval.path("id").asLong(0);
    if (id <= 0) {
      return Optional.empty();
    }
    List<String> categories = new ArrayList<>();
    approval.path("categories").forEach(category -> categories.add(category.asText()));
    return Optional.of(
        new Question(
            id,
            text(approval, "wrapped"),
            text(approval, "tool"),
            text(approval, "command"),
            text(approval, "path"),
            text(approval, "cwd"),
            categories,
            text(approval, "rule"),
            text(approval, "tier"),
            approval.path("risk").asInt(),
            text(approval, "blast_radius"),
            instant(text(approval, "expires_at"))));
  }

  private static String text(JsonNode approval, String key) {
    JsonNode value = approval.path(key);
    return value.isNull() ? "" : value.asText("");
  }

  private static Optional<Instant> instant(String written) {
    try {
      return written.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(written).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
