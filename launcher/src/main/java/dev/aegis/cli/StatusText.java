package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The daemon's status as a person reads it. */
final class StatusText {

  private static final int COMMAND_WIDTH = 60;

  private final PrintStream out;

  StatusText(PrintStream out) {
    this.out = out;
  }

  void print(JsonNode status) {
    line(
        "daemon",
        "running, pid %d, version %s, since %s (%s)"
            .formatted(
                status.path("pid").asLong(),
                text(status, "version"),
                text(status, "started_at"),
                Durations.inWords(Duration.ofSeconds(status.path("uptime_seconds").asLong()))));
    line("home", text(status, "home"));
    printPolicy(status.path("policy"));
    JsonNode database = status.path("database");
    line(
        "database",
        "%s, %,d bytes, %s"
            .formatted(
                text(database, "path"),
                database.path("bytes").asLong(),
                database.path("healthy").asBoolean() ? "healthy" : "BROKEN: see aegis logs"));
    line("approvals", status.path("approvals").path("pending").asLong() + " pending");
    JsonNode paused = status.path("paused");
    if (paused.isObject()) {
      line(
          "PAUSED",
          "every session is held since %s by %s: aegis resume"
              .formatted(text(paused, "since"), text(paused, "by")));
    }
    status
        .path("channels")
        .forEach(
            channel ->
                line(
                    text(channel, "name"),
                    text(channel, "state") + ", " + text(channel, "detail")));
    printHabits(status.path("habits"));
    line("activity", counts(status.path("activity")));
    status.path("sessions").forEach(this::printSession);
    if (status.path("sessions").isEmpty()) {
      line("sessions", "none");
    }
  }

  /* Whether people still read what they answer. */
  private void printHabits(JsonNode habits) {
    if (habits.path("questions").asInt() == 0) {
      return;
    }
    String share =
        habits.path("approved_share").isNumber()
            ? ", %.0f %% approved, half within %d s"
                .formatted(
                    100 * habits.path("approved_share").asDouble(),
                    habits.path("median_answer_seconds").asLong())
            : "";
    line(
        "answers",
        "%d questions within a day, %.1f an hour%s"
            .formatted(
                habits.path("questions").asInt(),
                habits.path("questions_an_hour").asDouble(),
                share));
    habits
        .path("always_approved")
        .forEach(
            one ->
                line(
                    "",
                    "approved %d times, never denied: %s (rule %s); less asking: --session, or see aegis policy suggest"
                        .formatted(
                            one.path("approvals").asInt(),
                            Printable.of(one.path("command").asText(), COMMAND_WIDTH),
                            text(one, "rule"))));
  }

  private void printPolicy(JsonNode policy) {
    String state = text(policy, "state");
    String path = text(policy, "path");
    switch (state) {
      case "broken" -> {
        line("policy", path + " is BROKEN:");
        line("", text(policy, "error"));
      }
      case "absent" -> line("policy", "the shipped profile alone; yours goes to " + path);
      default -> line("policy", "%s, %d rules".formatted(path, policy.path("rules").asLong()));
    }
    for (JsonNode project : policy.path("projects")) {
      String what = project.path("trusted").asBoolean() ? "trusted" : "may only tighten";
      boolean broken = text(project, "state").equals("broken");
      line("  project", text(project, "path") + (broken ? " is BROKEN:" : ", " + what));
      if (broken) {
        line("", text(project, "error"));
      }
    }
  }

  private void printSession(JsonNode session) {
    out.println();
    line(
        "session",
        "%s  %s%s"
            .formatted(
                text(session, "session"),
                Printable.of(String.join(" ", strings(session.path("argv"))), COMMAND_WIDTH),
                session.path("dry_run").asBoolean() ? "  (dry run)" : ""));
    line("  in", text(session, "cwd"));
    for (String workspace : strings(session.path("workspaces"))) {
      line("  workspace", workspace);
    }
    line(
        "  watched",
        text(session, "supervision")
            + (session.path("floor").asText().equals("scope")
                ? "; the kernel keeps its signals, tracing and abstract sockets inside"
                : "; no floor of the kernel"));
    line("  operations", counts(session));
    line("  pending", session.path("pending").asText("0"));
    Table table = new Table("    PID", "COVERAGE", "WHY", "COMMAND");
    printProcesses(session.path("processes"), table);
    table.print(out);
  }

  private static void printProcesses(JsonNode processes, Table table) {
    Map<Long, List<JsonNode>> children = new HashMap<>();
    Set<Long> known = new HashSet<>();
    processes.forEach(process -> known.add(process.path("pid").asLong()));
    List<JsonNode> roots = new ArrayList<>();
    for (JsonNode process : processes) {
      long parent = process.path("parent").asLong();
      if (known.contains(parent) && parent != process.path("pid").asLong()) {
        children.computeIfAbsent(parent, pid -> new ArrayList<>()).add(process);
      } else {
        roots.add(process);
      }
    }
    roots.forEach(root -> addTree(root, 0, children, table));
  }

  private static void addTree(
      JsonNode process, int depth, Map<Long, List<JsonNode>> children, Table table) {
    String command = text(process, "command");
    table.add(
        "    " + process.path("pid").asLong(),
        text(process, "coverage"),
        text(process, "coverage_reason"),
        "  ".repeat(depth)
            + Printable.of(command.isEmpty() ? text(process, "program") : command, COMMAND_WIDTH));
    for (JsonNode child : children.getOrDefault(process.path("pid").asLong(), List.of())) {
      addTree(child, depth + 1, children, table);
    }
  }

  private static String counts(JsonNode node) {
    return "%d allowed, %d asked, %d denied"
        .formatted(
            node.path("allowed").asLong(),
            node.path("asked").asLong(),
            node.path("denied").asLong());
  }

  private static String text(JsonNode node, String field) {
    return Printable.of(node.path(field).asText(""));
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(Printable.of(element.asText())));
    return strings;
  }

  private void line(String label, String value) {
    out.println("%-10s %s".formatted(label, value).stripTrailing());
  }
}
