package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Approvals as a person reads them. */
final class ApprovalText {

  private static final int COMMAND_WIDTH = 70;

  private final PrintStream out;

  ApprovalText(PrintStream out) {
    this.out = out;
  }

  /** Put approvals into a table, one a row. */
  static Table table(JsonNode approvals) {
    Table table = new Table("ID", "STATE", "RISK", "WHEN", "WRAPPED", "WHAT");
    for (JsonNode approval : approvals) {
      table.add(
          approval.path("id").asText(),
          text(approval, "state"),
          "%s %d".formatted(text(approval, "tier"), approval.path("risk").asInt()),
          when(approval),
          text(approval, "wrapped"),
          Printable.of(what(approval), COMMAND_WIDTH));
    }
    return table;
  }

  /** Say in one line what an approval is about. */
  static String what(JsonNode approval) {
    String command = text(approval, "command");
    if (!command.isEmpty()) {
      return command;
    }
    return (text(approval, "tool") + " " + text(approval, "path")).strip();
  }

  private static String when(JsonNode approval) {
    if (text(approval, "state").equals("pending")) {
      return until(text(approval, "expires_at"));
    }
    return text(approval, "decided_at");
  }

  private static String until(String expiry) {
    try {
      Instant end = OffsetDateTime.parse(expiry).toInstant();
      return Durations.inWords(Duration.between(Instant.now(), end)) + " left";
    } catch (DateTimeParseException e) {
      return expiry;
    }
  }

  /** Print everything about one approval. */
  void print(JsonNode approval) {
    line("approval", approval.path("id").asText() + ", " + text(approval, "state"));
    line("what", what(approval));
    field(approval, "operation", "tool");
    field(approval, "path", "path");
    field(approval, "in", "cwd");
    line("categories", joined(approval.path("categories")));
    line("risk", "%d (%s)".formatted(approval.path("risk").asInt(), text(approval, "tier")));
    field(approval, "would lose", "blast_radius");
    field(approval, "rule", "rule");
    field(approval, "wrapped", "wrapped");
    field(approval, "session", "session");
    field(approval, "coverage", "coverage");
    field(approval, "asked", "requested_at");
    field(approval, "expires", "expires_at");
    field(approval, "decided", "decided_at");
    field(approval, "by", "decided_by");
    field(approval, "over", "channel");
    field(approval, "scope", "scope");
    field(approval, "reason", "reason");
    field(approval, "released", "released_at");
    printList("warning", approval.path("warnings"));
    printList("steps", approval.path("plan"));
    printList("ancestry", approval.path("ancestry"));
  }

  private void printList(String label, JsonNode list) {
    for (JsonNode entry : list) {
      line(label, Printable.of(entry.isValueNode() ? entry.asText() : step(entry)));
    }
  }

  /* A step of a plan has a text and a verdict; a process has a pid and a command. */
  private static String step(JsonNode entry) {
    if (entry.has("text")) {
      return "%s: %s".formatted(entry.path("verdict").asText(), entry.path("text").asText());
    }
    if (entry.has("pid")) {
      String command = entry.path("command").asText("");
      return "%d %s"
          .formatted(
              entry.path("pid").asLong(),
              command.isEmpty() ? entry.path("program").asText() : command);
    }
    return entry.toString();
  }

  private static String joined(JsonNode list) {
    StringBuilder joined = new StringBuilder();
    for (JsonNode entry : list) {
      joined.append(joined.isEmpty() ? "" : ", ").append(Printable.of(entry.asText()));
    }
    return joined.toString();
  }

  private void field(JsonNode approval, String label, String name) {
    line(label, text(approval, name));
  }

  private void line(String label, String value) {
    if (!value.isEmpty()) {
      out.println("%-10s %s".formatted(label, value));
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() ? "" : Printable.of(value.asText(""));
  }
}
