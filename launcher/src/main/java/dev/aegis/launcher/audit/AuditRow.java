package dev.aegis.launcher.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One row of the audit log.
 *
 * @param sequence its number
 * @param kind dotted word such as {@code operation.denied}
 * @param session the session, or empty
 * @param detail what its kind says
 * @param json the row as the daemon gave it
 */
public record AuditRow(
    long sequence, Instant at, String kind, String session, JsonNode detail, ObjectNode json) {

  /** Kind of the rows that hold many operations, which were allowed. */
  static final String ALLOWED = "operations.allowed";

  /** Take a row as {@code audit.read} gives it. */
  public static AuditRow of(JsonNode json) {
    return new AuditRow(
        json.path("seq").asLong(),
        Instant.parse(json.path("at").asText()),
        json.path("kind").asText(),
        json.path("session").asText(""),
        json.path("detail"),
        (ObjectNode) json);
  }

  /** Return a text of the detail, empty when it has none of that name. */
  public String text(String name) {
    JsonNode value = detail.path(name);
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }

  /** Return the risk, 0 to 100, where the detail tells one. */
  public Optional<Integer> risk() {
    JsonNode risk = detail.path("risk");
    return risk.isInt() ? Optional.of(risk.asInt()) : Optional.empty();
  }

  /** Return a text for each of the categories. */
  public List<String> categories() {
    List<String> categories = new ArrayList<>();
    detail.path("categories").forEach(category -> categories.add(category.asText()));
    return categories;
  }

  /** Tell whether something was refused: an operation, a question, an answer. */
  boolean isDenial() {
    return kind.equals("operation.denied")
        || kind.equals("approval.answer_refused")
        || (kind.equals("approval.decided") && !text("state").equals("approved"));
  }

  /** Take a row of many operations apart, one each; other rows stay as they are. */
  public List<AuditRow> single() {
    if (!kind.equals(ALLOWED)) {
      return List.of(this);
    }
    List<AuditRow> single = new ArrayList<>();
    detail
        .path("operations")
        .forEach(
            operation ->
                single.add(
                    new AuditRow(
                        sequence, time(operation), "operation.allowed", session, operation, json)));
    return single;
  }

  private Instant time(JsonNode operation) {
    String text = operation.path("at").asText("");
    return text.isEmpty() ? at : Instant.parse(text);
  }
}
