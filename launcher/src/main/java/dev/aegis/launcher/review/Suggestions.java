package dev.aegis.launcher.review;

import dev.aegis.launcher.audit.AuditRow;
import dev.aegis.operation.Risk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what people always approved. Of commands only the very same one in the same directory
 * counts, of files those of one directory: a rule that is learned is never wider than what was
 * seen.
 */
public final class Suggestions {

  private static final String REDACTED = "[redacted";

  private final Map<Shape, Answers> answers = new LinkedHashMap<>();

  /**
   * What questions have in common.
   *
   * @param object a command line, or the directory of files
   */
  private record Shape(String tool, String rule, String object, String cwd) {}

  private static final class Answers {
    private int approved;
    private int others;
    private int risk;
    private Instant last = Instant.EPOCH;
  }

  /** Take one row in. */
  public void add(AuditRow row) {
    if (!row.kind().equals("approval.decided") || row.text("command").contains(REDACTED)) {
      return;
    }
    String tool = row.text("tool");
    boolean program = tool.equals("execute");
    String path = row.text("path");
    String object = program ? row.text("command") : path.substring(0, path.lastIndexOf('/') + 1);
    if (object.isEmpty() || object.equals("/")) {
      return;
    }
    Answers some =
        answers.computeIfAbsent(
            new Shape(tool, row.text("rule"), object, program ? row.text("cwd") : ""),
            shape -> new Answers());
    some.risk = Math.max(some.risk, row.risk().orElse(100));
    if (row.text("state").equals("approved")) {
      some.approved++;
      some.last = row.at();
    } else {
      some.others++;
    }
  }

  /**
   * Return rules for what was approved often and never anything else. Of critical risk there are
   * none: that is to be asked, however often.
   *
   * @param least how often at least
   */
  public List<Suggestion> of(int least) {
    List<Suggestion> all = new ArrayList<>();
    answers.forEach(
        (shape, some) -> {
          Risk risk = new Risk(some.risk, List.of());
          boolean always = some.approved >= least && some.others == 0;
          if (always && risk.tier() != Risk.Tier.CRITICAL) {
            String name = "approved-" + (all.size() + 1) + "-" + shape.rule();
            all.add(
                new Suggestion(
                    name,
                    shape.rule(),
                    some.approved,
                    some.last,
                    risk,
                    toml(name, shape, risk, some)));
          }
        });
    return all;
  }

  private static String toml(String name, Shape shape, Risk risk, Answers some) {
    String object =
        shape.tool().equals("execute")
            ? "command_pattern = "
                + Toml.text("^" + Toml.quotedPattern(shape.object()) + "$")
                + (shape.cwd().isEmpty()
                    ? ""
                    : ", cwd_glob = " + Toml.text(Toml.quotedGlob(shape.cwd())))
            : "path_glob = " + Toml.text(Toml.quotedGlob(shape.object()) + "*");
    return """
        [[policy.rules]]
        name = %s
        match = { tool = %s, %s }
        action = "allow"
        up_to_risk = "%s"
        reason = "approved %d times, the last time on %s"
        """
        .formatted(
            Toml.text(name),
            Toml.text(shape.tool()),
            object,
            risk.tier().label(),
            some.approved,
            some.last.toString().substring(0, 10));
  }
}
