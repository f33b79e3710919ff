package dev.aegis.policy.meaning;

import dev.aegis.policy.command.CommandPlan;
import dev.aegis.policy.command.PlanStep;
import dev.aegis.policy.command.ProgramName;
import java.util.List;
import java.util.Set;

/** Tells when commits go to a remote that the same command has just made up. */
final class NewRemotes {
  private static final Meaning AWAY =
      Meaning.of("net.upload", 60, "sends commits to a remote that was added for it");

  /** What a new repository calls the place where it is kept. */
  private static final Set<String> USUAL = Set.of("origin", "upstream");

  private static final Set<String> MAKES = Set.of("add", "set-url");

  private NewRemotes() {}

  static Meaning of(CommandPlan plan, PlanStep push) {
    List<String> words = push.words();
    int at = words.indexOf("push");
    if (at < 0) {
      return Meaning.NONE;
    }
    boolean fresh =
        plan.steps().stream()
            .takeWhile(step -> !step.equals(push))
            .filter(step -> ProgramName.of(step.argv().get(0).text()).equals("git"))
            .map(PlanStep::words)
            .anyMatch(earlier -> makesOneOf(earlier, words.subList(at + 1, words.size())));
    return fresh ? AWAY : Meaning.NONE;
  }

  private static boolean makesOneOf(List<String> earlier, List<String> pushed) {
    int remote = earlier.indexOf("remote");
    return remote >= 0
        && earlier.stream().skip(remote + 1L).findFirst().filter(MAKES::contains).isPresent()
        && earlier.stream()
            .skip(remote + 2L)
            .filter(word -> !word.startsWith("-"))
            .findFirst()
            .filter(name -> !USUAL.contains(name) && pushed.contains(name))
            .isPresent();
  }
}
