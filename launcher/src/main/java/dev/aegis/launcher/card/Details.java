package dev.aegis.launcher.card;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known about an approval beyond the question itself.
 *
 * @param why the policy's reason for asking; empty when it gave none
 * @param warnings what is wrong with the policy that asks, one line each
 * @param causes command lines from the process that asks up to the wrapped program
 * @param lines everything else, as a person reads it
 */
public record Details(String why, List<String> warnings, List<String> causes, List<String> lines) {

  static final Details UNKNOWN = new Details("", List.of(), List.of(), List.of());

  public Details {
    warnings = List.copyOf(warnings);
    causes = List.copyOf(causes);
    lines = List.copyOf(lines);
  }

  /** Reads what {@code approvals.show} answers; what is missing is left out. */
  public static Details of(JsonNode shown) {
    List<String> warnings = new ArrayList<>();
    shown.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    List<String> causes = new ArrayList<>();
    shown.path("ancestry").forEach(process -> causes.add(cause(process)));
    List<String> lines = new ArrayList<>();
    shown.path("plan").forEach(step -> lines.add(step(step)));
    shown.path("risk_reasons").forEach(reason -> lines.add("risk: " + reason.asText()));
    if (shown.path("waiting").asInt() > 1) {
      lines.add(shown.path("waiting").asInt() + " processes wait for this answer");
    }
    return new Details(shown.path("why").asText(""), warnings, causes, lines);
  }

  private static String cause(JsonNode process) {
    String command = process.path("command").asText("");
    String shown = command.isEmpty() ? process.path("program").asText("?") : command;
    return shown + " (pid " + process.path("pid").asInt() + ")";
  }

  private static String step(JsonNode step) {
    String text = "step: " + step.path("text").asText("");
    String verdict = step.path("verdict").asText("");
    String rule = step.path("rule").asText("");
    return text
        + (verdict.isEmpty() ? "" : "  [" + verdict + (rule.isEmpty() ? "]" : ", " + rule + "]"));
  }
}
