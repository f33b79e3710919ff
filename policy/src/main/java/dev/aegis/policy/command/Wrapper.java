package dev.aegis.policy.command;

import java.util.List;
import java.util.Set;

/**
 * How one program starts another, as {@code wrappers.toml} says.
 *
 * @param kind what stands behind its options
 * @param scriptOptions options whose value is a shell script
 * @param codeOptions options whose value is code of another language
 * @param moduleOptions options whose value is the name of a program in that language
 * @param neverOperands operands are no command
 * @param numberOptions {@code -5} is an option
 */
record Wrapper(
    Kind kind,
    String shortValues,
    Set<String> longValues,
    int skip,
    boolean assignments,
    boolean joined,
    boolean appends,
    boolean neverOperands,
    boolean numberOptions,
    Set<String> scriptOptions,
    Set<String> codeOptions,
    Set<String> moduleOptions,
    Set<String> directoryOptions) {

  enum Kind {
    WRAPPER,
    SHELL,
    INTERPRETER
  }

  /** Return how many words an option takes, itself included. */
  int width(String option, List<Argument> argv, int at) {
    if (option.startsWith("--")) {
      return longValues.contains(option.substring(2)) && at + 1 < argv.size() ? 2 : 1;
    }
    for (int i = 1; i < option.length(); i++) {
      if (shortValues.indexOf(option.charAt(i)) >= 0) {
        return i + 1 == option.length() && at + 1 < argv.size() ? 2 : 1;
      }
    }
    return 1;
  }
}
