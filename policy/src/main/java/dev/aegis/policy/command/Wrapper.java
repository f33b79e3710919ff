package dev.aegis.policy.command;

import java.util.List;
import java.util.Set;

/**
 * How one program starts another, as {@code wrappers.toml} says.
 *
 * @param kind what stands behind its options
 * @param sub subcommand by which it does so; empty when it needs none
 * @param scriptOptions options whose value is a shell script; one that ends in {@code =} is a
 *     beginning of a word
 * @param scriptPrefixes what such a value begins with, when it is a script
 * @param commandOptions options behind which the words of a command stand, up to {@code ;}
 * @param codeOptions options whose value is code of another language
 * @param moduleOptions options whose value is the name of a program in that language
 * @param unless options that make it start nothing
 * @param neverOperands operands are no command
 * @param numberOptions {@code -5} is an option
 * @param afterDashes the command stands behind {@code --} only
 * @param language of the code
 * @param codeOperand the first operand is code, unless an option brings it
 * @param place where the command runs
 */
record Wrapper(
    Kind kind,
    List<String> sub,
    String shortValues,
    Set<String> longValues,
    int skip,
    boolean assignments,
    boolean joined,
    boolean each,
    boolean appends,
    boolean neverOperands,
    boolean numberOptions,
    boolean afterDashes,
    boolean codeOperand,
    Set<String> scriptOptions,
    List<String> scriptPrefixes,
    Set<String> commandOptions,
    Set<String> codeOptions,
    Set<String> moduleOptions,
    Set<String> directoryOptions,
    Set<String> unless,
    String language,
    PlanStep.Place place) {

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
    if (longValues.contains(option)) {
      return at + 1 < argv.size() ? 2 : 1;
    }
    for (int i = 1; i < option.length(); i++) {
      if (shortValues.indexOf(option.charAt(i)) >= 0) {
        return i + 1 == option.length() && at + 1 < argv.size() ? 2 : 1;
      }
    }
    return 1;
  }
}
