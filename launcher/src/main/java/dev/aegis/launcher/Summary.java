package dev.aegis.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened in a session, as its user is told at the end.
 *
 * @param denied operations that were denied
 * @param approvals questions that were put to people
 * @param dryRun what would have asked, in order
 */
record Summary(long denied, long approvals, List<String> dryRun) {

  static Summary of(JsonNode closed) {
    List<String> lines = new ArrayList<>();
    closed
        .path("dry_run")
        .forEach(
            entry ->
                lines.add(
                    entry.isTextual()
                        ? entry.asText()
                        : entry.path("command").asText(entry.toString())));
    return new Summary(
        closed.path("denied").asLong(), closed.path("approvals").asLong(), List.copyOf(lines));
  }

  /** Says nothing about a session in which nothing was asked and nothing denied. */
  void tell(boolean wasDryRun, Notices notices) {
    if (wasDryRun) {
      notices.tell(
          dryRun.isEmpty() ? "dry run: nothing would ask" : "dry run: what would ask was denied:");
      dryRun.forEach(line -> notices.tell("  " + line));
    } else if (approvals > 0 || denied > 0) {
      notices.tell("approvals asked: %d, operations denied: %d".formatted(approvals, denied));
    }
  }
}
