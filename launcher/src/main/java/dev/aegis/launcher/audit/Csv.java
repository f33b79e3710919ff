package dev.aegis.launcher.audit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Comma-separated values after RFC 4180, a row of many operations as one line each.
 *
 * <p>A cell that a spreadsheet would take for a formula gets an apostrophe before it, since most of
 * the texts come from wrapped programs.
 */
public final class Csv implements ExportFormat {

  private static final String FORMULA = "=+-@\t\r";

  @Override
  public Optional<String> heading() {
    return Optional.of(
        "seq,at,kind,session,tool,command,path,rule,reason,risk,categories,by,channel,pid,program,mac");
  }

  @Override
  public List<String> lines(AuditRow row) {
    return row.single().stream().map(Csv::line).toList();
  }

  private static String line(AuditRow row) {
    return Stream.of(
            Long.toString(row.sequence()),
            row.at().toString(),
            row.kind(),
            row.session(),
            row.text("tool"),
            row.text("command"),
            row.text("path"),
            row.text("rule"),
            row.text("reason"),
            row.text("risk"),
            String.join(" ", row.categories()),
            row.text("decided_by").isEmpty() ? row.text("by") : row.text("decided_by"),
            row.text("channel"),
            row.text("pid"),
            row.text("program"),
            row.json().path("mac").asText())
        .map(Csv::cell)
        .collect(Collectors.joining(","));
  }

  private static String cell(String text) {
    String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  @Override
  public String lineEnd() {
    return "\r\n";
  }
}
