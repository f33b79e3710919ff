package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.launcher.audit.AuditRow;
import java.util.ArrayList;
import java.util.List;

/** What a row of the audit log says, in one line. */
final class AuditText {

  private AuditText() {}

  static String of(AuditRow row) {
    JsonNode operations = row.detail().path("operations");
    if (operations.isArray()) {
      return "%d operations, the last: %s"
          .formatted(
              operations.size(),
              operations.path(operations.size() - 1).path("command").asText("nothing"));
    }
    List<String> parts = new ArrayList<>();
    String id = row.text("id");
    if (!id.isEmpty()) {
      parts.add("#" + id + " " + row.text("state"));
    }
    add(parts, "", row.text("command"));
    add(parts, "rule ", row.text("rule"));
    add(parts, "by ", row.text("decided_by"));
    add(parts, "", row.text("reason"));
    return parts.isEmpty() ? row.detail().toString() : String.join("; ", parts);
  }

  private static void add(List<String> parts, String label, String text) {
    if (!text.isEmpty()) {
      parts.add(label + text);
    }
  }
}
