package dev.aegis.policy.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command line as a person types it. */
public final class CommandLine {
  private CommandLine() {}

  /** Return the words, when the line is one simple command without anything unknown. */
  public static Optional<List<String>> words(String line) {
    return arguments(line, Scope.of(Optional.empty(), Map.of()))
        .filter(words -> words.stream().allMatch(Argument::known))
        .map(words -> words.stream().map(Argument::text).toList());
  }

  /** Return the words of one simple command, expanded; empty when the line is anything else. */
  static Optional<List<Argument>> arguments(String line, Scope scope) {
    try {
      Node node = ShellParser.parse(line, new Work());
      if (node instanceof Node.Sequence sequence
          && sequence.nodes().size() == 1
          && sequence.nodes().get(0) instanceof Node.Simple simple
          && simple.assignments().isEmpty()
          && simple.redirects().isEmpty()) {
        List<Argument> words =
            simple.words().stream()
                .flatMap(
                    w -> Expansion.words(w, scope, script -> Expansion.Outcome.NOTHING).stream())
                .toList();
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
      }
      return Optional.empty();
    } catch (ShellSyntaxException e) {
      return Optional.empty();
    }
  }
}
