package dev.aegis.policy.command;

import java.util.List;
import java.util.Optional;

/** A command line as a person types it. */
public final class CommandLine {
  private CommandLine() {}

  /** Return the words, when the line is one simple command without anything unknown. */
  public static Optional<List<String>> words(String line) {
    if (line.isBlank()
        || !line.chars()
            .allMatch(
                c -> c == ' ' || Character.isLetterOrDigit(c) || "_@%+=:,./-".indexOf(c) >= 0)) {
      return Optional.empty();
    }
    return Optional.of(List.of(line.trim().split(" +", -1)));
  }
}
