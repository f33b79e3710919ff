package dev.aegis.policy.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command line as a person types it. */
public final class CommandLine {
  private CommandLine() {}

  /** Return the words, when the line is one simple command without anything unknown. */
  public static Optional<List<String>> words(String line) {
    try {
      Node node = ShellParser.parse(line, new Work());
      if (node instanceof Node.Sequence sequence
          && sequence.nodes().size() == 1
          && sequence.nodes().get(0) instanceof Node.Simple simple
          && simple.assignments().isEmpty()
          && simple.redirects().isEmpty()) {
        Scope scope = Scope.of(Optional.empty(), Map.of());
        List<Argument> words =
            simple.words().stream()
                .flatMap(w -> Expansion.words(w, scope, script -> Optional.empty()).stream())
                .toList();
        if (!words.isEmpty() && words.stream().allMatch(Argument::known)) {
          return Optional.of(words.stream().map(Argument::text).toList());
        }
      }
      return Optional.empty();
    } catch (ShellSyntaxException e) {
      return Optional.empty();
    }
  }
}
