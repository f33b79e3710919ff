package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a session did, as a person reads it. */
final class ReportPage {

  private static final int MOST = 20;
  private static final int WIDTH = 96;

  private final PrintStream out;

  ReportPage(PrintStream out) {
    this.out = out;
  }

  void print(JsonNode report) {
    List<String> argv = new ArrayList<>();
    report.path("argv").forEach(word -> argv.add(word.asText()));
    out.println("Session " + text(report, "session"));
    field("ran", Printable.of(String.join(" ", argv), WIDTH));
    field("in", text(report, "cwd"));
    field("from", text(report, "started_at"));
    field("to", until(report));
    field(
        "record",
        "rows %d to %d of the audit log, %d of them of this session"
            .formatted(
                report.path("first_row").asLong(),
                report.path("last_row").asLong(),
                report.path("rows").asLong()));
    questions(report.path("questions"));
    refused(report.path("refused"));
    list("Deleted", report.path("deleted"));
    list("Moved", report.path("moved"));
    list("Written", report.path("written"));
    list("Programs started", report.path("programs"));
    list("Connections", report.path("connections"));
    list("Other operations", report.path("other"));
    incidents(report.path("incidents"));
  }

  private static String until(JsonNode report) {
    String end = text(report, "ended_at");
    String start = text(report, "started_at");
    if (end.isEmpty() || start.isEmpty()) {
      return end.isEmpty() ? "now: it has not ended" : end;
    }
    Duration time = Duration.between(Instant.parse(start), Instant.parse(end));
    return end + " (" + Durations.inWords(time) + ")";
  }

  private void questions(JsonNode questions) {
    heading("Questions", questions.size());
    for (JsonNode question : questions) {
      out.println(
          "  #%d %s"
              .formatted(
                  question.path("id").asLong(), Printable.of(text(question, "command"), WIDTH)));
      out.println(
          "     %s (rule %s, risk %d)"
              .formatted(answer(question), text(question, "rule"), question.path("risk").asInt()));
    }
  }

  private static String answer(JsonNode question) {
    StringBuilder answer = new StringBuilder(text(question, "state"));
    append(answer, " by ", text(question, "decided_by"));
    append(answer, " over ", text(question, "channel"));
    String decided = text(question, "decided_at");
    if (!decided.isEmpty()) {
      Duration waited =
          Duration.between(Instant.parse(text(question, "asked_at")), Instant.parse(decided));
      append(answer, " after ", Durations.inWords(waited));
    }
    if (text(question, "state").equals("approved")) {
      append(answer, ", ", text(question, "scope"));
      answer.append(
          text(question, "released_at").isEmpty() ? "; it did not go on" : "; it went on");
    }
    append(answer, ": ", text(question, "reason"));
    return answer.toString();
  }

  private static void append(StringBuilder text, String before, String part) {
    if (!part.isEmpty()) {
      text.append(before).append(part);
    }
  }

  private void refused(JsonNode refused) {
    heading("Refused", refused.size());
    some(refused)
        .forEach(
            entry -> {
              out.println(
                  "  %s%s".formatted(Printable.of(text(entry, "command"), WIDTH), times(entry)));
              out.println("     %s: %s".formatted(text(entry, "rule"), text(entry, "reason")));
            });
    rest(refused);
  }

  private void list(String title, JsonNode entries) {
    heading(title, entries.size());
    some(entries)
        .forEach(
            entry ->
                out.println(
                    "  %s%s%s"
                        .formatted(
                            Printable.of(text(entry, "what"), WIDTH), times(entry), by(entry))));
    rest(entries);
  }

  /* Only an approval is worth naming; the rest the policy allowed. */
  private static String by(JsonNode entry) {
    String by = text(entry, "by");
    return by.startsWith("approval") ? "  (" + by + ")" : "";
  }

  private static String times(JsonNode entry) {
    long times = entry.path("times").asLong();
    return times > 1 ? "  \u00d7" + times : "";
  }

  private static List<JsonNode> some(JsonNode entries) {
    List<JsonNode> all = new ArrayList<>();
    entries.forEach(all::add);
    all.sort(Comparator.comparing((JsonNode entry) -> !text(entry, "by").startsWith("approval")));
    return all.subList(0, Math.min(MOST, all.size()));
  }

  private void rest(JsonNode entries) {
    if (entries.size() > MOST) {
      out.println("  \u2026 and %d more: --json has them all".formatted(entries.size() - MOST));
    }
  }

  private void incidents(JsonNode incidents) {
    heading("Incidents", incidents.size());
    incidents.forEach(
        incident ->
            out.println(
                "  row %d, %s: %s"
                    .formatted(
                        incident.path("row").asLong(),
                        text(incident, "kind"),
                        Printable.of(incident.path("detail").toString(), WIDTH))));
  }

  private void heading(String title, int count) {
    if (count > 0) {
      out.println();
      out.println(title + " (" + count + ")");
    }
  }

  private void field(String label, String value) {
    if (!value.isEmpty()) {
      out.println("  %-7s %s".formatted(label, value));
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() ? "" : Printable.of(value.asText(""));
  }
}
