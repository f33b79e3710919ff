package dev.aegis.policy.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes plans of command lines. */
public final class CommandPlanner {
  private CommandPlanner() {}

  /**
   * Understand an argument vector.
   *
   * @param program base name of what really runs, which need not be the first word
   * @param variables of the environment whose values are known
   */
  public static CommandPlan plan(
      String program, List<String> argv, String cwd, Map<String, String> variables) {
    Walk walk = new Walk();
    walk.program(
        program, argv.stream().map(Argument::of).toList(), Scope.of(Optional.of(cwd), variables));
    return walk.plan();
  }

  /** Understand a shell script. */
  public static CommandPlan script(String script, String cwd, Map<String, String> variables) {
    Walk walk = new Walk();
    walk.script(script, Scope.of(Optional.of(cwd), variables), Feed.NOTHING);
    return walk.plan();
  }
}
