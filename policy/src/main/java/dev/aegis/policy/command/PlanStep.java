package dev.aegis.policy.command;

import java.util.List;
import java.util.Optional;

/**
 * One program, or shell builtin, that a command would run.
 *
 * @param argv name first, at least one word
 * @param redirections in order
 * @param cwd working directory; empty when it cannot be known
 * @param fedBy indices of steps whose output this one reads
 * @param composedBy indices of steps whose output stands in its words
 * @param wrapper true when the step only starts other steps of the plan
 * @param runsInput true when it runs what stands on its standard input
 */
public record PlanStep(
    List<Argument> argv,
    List<Redirection> redirections,
    Optional<String> cwd,
    List<Integer> fedBy,
    List<Integer> composedBy,
    boolean wrapper,
    boolean runsInput) {
  public PlanStep {
    argv = List.copyOf(argv);
    redirections = List.copyOf(redirections);
    fedBy = List.copyOf(fedBy);
    composedBy = List.copyOf(composedBy);
  }

  /** Return the words as text. */
  public List<String> words() {
    return argv.stream().map(Argument::text).toList();
  }

  /** Return the step as a command line; what is not known stands unquoted. */
  public String text() {
    StringBuilder line = new StringBuilder();
    for (Argument argument : argv) {
      line.append(line.length() == 0 ? "" : " ");
      line.append(argument.known() ? Quoting.quote(List.of(argument.text())) : argument.text());
    }
    for (Redirection redirection : redirections) {
      line.append(redirection.write() ? " > " : " < ").append(redirection.target().text());
    }
    return line.toString();
  }
}
