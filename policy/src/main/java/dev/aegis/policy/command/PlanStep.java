package dev.aegis.policy.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One program, or shell builtin, that a command would run.
 *
 * @param argv name first, at least one word
 * @param assignments variables set for it, or exported by it
 * @param redirections in order
 * @param cwd working directory; empty when it cannot be known
 * @param fedBy indices of steps whose output this one reads
 * @param composedBy indices of steps whose output stands in its words
 * @param traits what else is to say
 * @param place where it runs
 * @param input the text on its standard input, when that is known
 * @param written as it stands in the code of another language; empty for a shell's own words
 */
public record PlanStep(
    List<Argument> argv,
    List<Assignment> assignments,
    List<Redirection> redirections,
    Optional<String> cwd,
    List<Integer> fedBy,
    List<Integer> composedBy,
    Set<Trait> traits,
    Place place,
    Optional<String> input,
    Optional<String> written) {
  private static final String NOTHING = ":";

  /** Something to say of a step. */
  public enum Trait {
    /** It only starts other steps of the plan. */
    WRAPPER,
    /** It runs what stands on its standard input. */
    RUNS_INPUT,
    /** It runs text that cannot be known beforehand. */
    RUNS_UNKNOWN,
    /** It runs text that had been made unreadable. */
    RUNS_DECODED,
    /** A function that starts itself again and again without waiting. */
    MULTIPLIES
  }

  /** Where a step runs. */
  public enum Place {
    HERE,
    /** On another machine. */
    REMOTE,
    /** In a container that goes away with the command. */
    FRESH_CONTAINER,
    /** In a container that stays. */
    CONTAINER
  }

  /** {@code NAME=value} before a command, or in {@code export}. */
  public record Assignment(String name, Argument value) {}

  public PlanStep {
    argv = List.copyOf(argv);
    assignments = List.copyOf(assignments);
    redirections = List.copyOf(redirections);
    fedBy = List.copyOf(fedBy);
    composedBy = List.copyOf(composedBy);
    traits = Set.copyOf(traits);
  }

  /** Tell whether the step only starts other steps of the plan. */
  public boolean wrapper() {
    return traits.contains(Trait.WRAPPER);
  }

  /** Tell whether it runs what stands on its standard input. */
  public boolean runsInput() {
    return traits.contains(Trait.RUNS_INPUT);
  }

  /** Return the words as text. */
  public List<String> words() {
    return argv.stream().map(Argument::text).toList();
  }

  /** Return the step as a command line; what is not known stands unquoted. */
  public String text() {
    if (written.isPresent()) {
      return written.get();
    }
    StringBuilder line = new StringBuilder();
    boolean onlyAssigns = words().equals(List.of(NOTHING)) && !assignments.isEmpty();
    if (onlyAssigns) {
      assignments.forEach(a -> append(line, a.name() + "=" + shown(a.value())));
    } else {
      argv.forEach(argument -> append(line, shown(argument)));
    }
    for (Redirection redirection : redirections) {
      append(line, (redirection.write() ? "> " : "< ") + redirection.target().text());
    }
    return line.toString();
  }

  private static void append(StringBuilder line, String word) {
    line.append(line.length() == 0 ? "" : " ").append(word);
  }

  private static String shown(Argument argument) {
    return argument.known() ? Quoting.quote(List.of(argument.text())) : argument.text();
  }
}
