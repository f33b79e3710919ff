package dev.aegis.launcher.review;

import dev.aegis.launcher.audit.AuditRow;
import dev.aegis.launcher.check.Checks;
import dev.aegis.policy.Decision;
import dev.aegis.policy.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Asks another policy about what the log says was done. The log holds no files: where the policy in
 * force, asked again, does not say what it said then, they have changed, and nothing can be told.
 */
public final class Replay {

  private final Checks current;
  private final Checks other;
  private final Map<List<String>, Difference> differences = new LinkedHashMap<>();
  private final Map<String, Integer> notJudged = new TreeMap<>();
  private int same;
  private int uncertain;

  /**
   * A replay of nothing yet.
   *
   * @param current the policy in force
   * @param other the one to be tried
   */
  public Replay(Checks current, Checks other) {
    this.current = current;
    this.other = other;
  }

  /**
   * Something that would have been decided in another way.
   *
   * @param first when it was first done
   * @param times how often
   * @param recorded what the policy of that time said
   * @param decision what the other one says
   */
  public record Difference(
      Instant first,
      String session,
      String tool,
      String command,
      String path,
      String cwd,
      int times,
      Verdict recorded,
      Decision decision) {

    private Difference again() {
      return new Difference(
          first, session, tool, command, path, cwd, times + 1, recorded, decision);
    }
  }

  /**
   * All that came of it.
   *
   * @param same decided alike
   * @param uncertain could be judged then and not now
   * @param notJudged by tool: what the log does not say enough of
   */
  public record Outcome(
      int same, int uncertain, Map<String, Integer> notJudged, List<Difference> differences) {}

  /** Take one row in. */
  public void add(AuditRow row) {
    row.single().forEach(this::single);
  }

  private void single(AuditRow row) {
    Optional<Verdict> recorded = recorded(row);
    if (recorded.isEmpty()) {
      return;
    }
    String tool = row.text("tool");
    Optional<Decision> now = judge(current, row);
    Optional<Decision> then = judge(other, row);
    if (now.isEmpty() || then.isEmpty()) {
      notJudged.merge(tool, 1, Integer::sum);
    } else if (now.get().verdict() != recorded.get()) {
      uncertain++;
    } else if (then.get().verdict() == recorded.get()) {
      same++;
    } else {
      differences.merge(
          List.of(tool, row.text("command"), row.text("path"), row.text("cwd")),
          new Difference(
              row.at(),
              row.session(),
              tool,
              row.text("command"),
              row.text("path"),
              row.text("cwd"),
              1,
              recorded.get(),
              then.get()),
          (known, more) -> known.again());
    }
  }

  private static Optional<Decision> judge(Checks checks, AuditRow row) {
    return checks.recorded(
        row.text("tool"), row.text("command"), row.text("path"), row.text("cwd"));
  }

  /* What was asked stands in the log as a question, and again as what became of it. */
  private static Optional<Verdict> recorded(AuditRow row) {
    return switch (row.kind()) {
      case "approval.opened" -> Optional.of(Verdict.REQUIRE_APPROVAL);
      case "operation.allowed" ->
          row.text("by").startsWith("approval ") ? Optional.empty() : Optional.of(Verdict.ALLOW);
      case "operation.denied" -> denied(row);
      default -> Optional.empty();
    };
  }

  private static Optional<Verdict> denied(AuditRow row) {
    String reason = row.text("reason");
    if (reason.startsWith("dry run:")) {
      return Optional.of(Verdict.REQUIRE_APPROVAL);
    }
    return reason.matches("(?s).*\\(approval \\d+\\)")
        ? Optional.empty()
        : Optional.of(Verdict.DENY);
  }

  /** Return what came of all rows. */
  public Outcome outcome() {

    return new Outcome(same, uncertain, Map.copyOf(notJudged), List.copyOf(differences.values()));
  }
}
