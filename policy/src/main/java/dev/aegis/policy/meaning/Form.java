package dev.aegis.policy.meaning;

import com.google.re2j.Pattern;
import dev.aegis.policy.command.Argument;
import dev.aegis.policy.command.PlanStep;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One way to use a program that means something; all conditions that are given must hold.
 *
 * @param sub subcommands, each one or more words
 * @param exceptSub subcommands, or beginnings of them, for which it does not hold
 * @param any options of which one must be given, or else one of {@code operands}
 * @param also options of which one must be given too
 * @param unless options that make it harmless
 * @param operands globs of operands
 * @param exceptOperands operands that do not count for {@code operands}
 * @param words operands of which one must stand anywhere
 * @param optionValues globs of {@code option=value}
 * @param pattern searched in all operands and values
 * @param leastOperands how many operands must follow the subcommand
 * @param named some operand must be the name of a package and no path
 * @param separated operands must stand behind {@code --}
 * @param skip operands that name no file, before those that do
 * @param skipUnless options that bring what is skipped otherwise
 * @param input searched in the text on standard input
 * @param meaning what it means; none when only the role tells
 * @param role what the operands are, for what depends on them
 */
record Form(
    List<List<String>> sub,
    List<List<String>> exceptSub,
    List<String> any,
    List<String> also,
    List<String> unless,
    List<Glob> operands,
    List<Predicate<String>> exceptOperands,
    Set<String> words,
    List<Glob> optionValues,
    Optional<Pattern> pattern,
    int leastOperands,
    boolean named,
    boolean separated,
    int skip,
    List<String> skipUnless,
    Optional<Pattern> input,
    Meaning meaning,
    Optional<String> role) {

  /** Return the operands behind the subcommand when the form applies. */
  Optional<List<Argument>> apply(Invocation invocation, PlanStep step) {
    int skip = subcommandLength(invocation.operands());
    boolean excepted =
        exceptSub.stream()
            .anyMatch(
                words ->
                    invocation.operands().size() >= words.size()
                        && startsWith(invocation.operands(), words));
    if (skip < 0 || excepted) {
      return Optional.empty();
    }
    List<Argument> rest = invocation.operands().subList(skip, invocation.operands().size());
    boolean holds =
        hasOneOf(invocation, rest)
            && (also.isEmpty() || invocation.hasOption(also))
            && unless.stream().noneMatch(invocation::hasExactOption)
            && rest.size() >= leastOperands
            && (words.isEmpty()
                || invocation.operands().stream().anyMatch(a -> words.contains(a.text())))
            && (optionValues.isEmpty() || invocation.hasValue(optionValues))
            && (!named || rest.stream().anyMatch(Form::isName))
            && (!separated || invocation.separated())
            && isFound(invocation, step);
    return holds ? Optional.of(rest) : Optional.empty();
  }

  /** A text may stand in the words or come in. */
  private boolean isFound(Invocation invocation, PlanStep step) {
    if (pattern.isEmpty() && input.isEmpty()) {
      return true;
    }
    return pattern.map(p -> p.matcher(invocation.everything()).find()).orElse(false)
        || input.flatMap(p -> step.input().map(t -> p.matcher(t).find())).orElse(false);
  }

  private boolean hasOneOf(Invocation invocation, List<Argument> rest) {
    if (any.isEmpty() && operands.isEmpty()) {
      return true;
    }
    return invocation.hasOption(any) || rest.stream().anyMatch(a -> isMeant(a.text()));
  }

  private boolean isMeant(String operand) {
    return operands.stream().anyMatch(g -> g.matchesWord(operand))
        && exceptOperands.stream().noneMatch(excepted -> excepted.test(operand));
  }

  private int subcommandLength(List<Argument> given) {
    if (sub.isEmpty()) {
      return 0;
    }
    for (List<String> wanted : sub) {
      if (given.size() >= wanted.size() && startsWith(given, wanted)) {
        return wanted.size();
      }
    }
    return -1;
  }

  private static boolean startsWith(List<Argument> given, List<String> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      String pattern = wanted.get(i);
      String word = given.get(i).text();
      boolean same = pattern.indexOf('*') < 0 ? word.equals(pattern) : Words.matches(pattern, word);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean isName(Argument operand) {
    String text = operand.text();
    boolean archive = text.indexOf("://") < 0 && text.matches(".+\\.(whl|tgz|tar\\.gz|zip|gem)");
    return !text.isEmpty()
        && !archive
        && ".~/".indexOf(text.charAt(0)) < 0
        && !text.startsWith("file:")
        && !text.startsWith("workspace:");
  }
}
