package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What builtins change in the shell that runs them: directory, variables, aliases. */
final class Builtins {
  private static final Set<String> READ_VALUES = Set.of("-d", "-i", "-n", "-N", "-p", "-t", "-u");

  private final Call call;
  private final Scope scope;
  private final List<Argument> rest;

  private Builtins(Call call) {
    this.call = call;
    scope = call.scope;
    rest = call.argv.subList(1, call.argv.size());
  }

  /** Carry out a command as far as it is a builtin that changes its shell. */
  static void carryOut(Call call) {
    new Builtins(call).carryOut(call.argv.get(0).text());
  }

  private void carryOut(String name) {
    switch (name) {
      case "cd", "pushd" ->
          scope.changeDirectory(
              rest.stream()
                  .filter(a -> !a.text().startsWith("-") || a.text().equals("-"))
                  .findFirst());
      case "popd" -> scope.changeDirectory(Optional.of(Argument.unknown("…")));
      case "export", "local", "declare", "typeset", "readonly" -> declare();
      case "alias" ->
          declared(rest).stream()
              .filter(a -> a.value().known())
              .forEach(a -> scope.alias(a.name(), a.value().text()));
      case "read" -> read();
      case "mapfile", "readarray" -> lines();
      case "unset", "getopts" -> rest.forEach(a -> forget(a.text()));
      case "printf" -> print();
      case "set" -> positional();
      case "shift" -> scope.positional(shifted(scope.positional()));
      default -> {}
    }
  }

  private void declare() {
    List<PlanStep.Assignment> all = new ArrayList<>(call.assignments);
    boolean references = rest.stream().anyMatch(a -> a.text().matches("-[a-z]*n[a-z]*"));
    for (PlanStep.Assignment assignment : declared(rest)) {
      if (references && assignment.value().known()) {
        scope.refer(assignment.name(), assignment.value().text());
        continue;
      }
      scope.set(assignment.name(), assignment.value());
      all.add(assignment);
    }
    call.assignments = all;
  }

  static List<PlanStep.Assignment> declared(List<Argument> words) {
    List<PlanStep.Assignment> all = new ArrayList<>();
    for (Argument word : words) {
      int equals = word.text().indexOf('=');
      if (equals > 0) {
        all.add(
            new PlanStep.Assignment(
                word.text().substring(0, equals),
                word.withText(word.text().substring(equals + 1))));
      }
    }
    return all;
  }

  private void forget(String name) {
    scope.set(name, new Argument("$" + name, false, false, call.feed.steps()));
  }

  /** Only one line is followed: of several, a loop takes one after the other. */
  private void read() {
    List<String> names = new ArrayList<>();
    boolean whole = false;
    boolean array = false;
    for (int i = 0; i < rest.size(); i++) {
      String word = rest.get(i).text();
      if (word.startsWith("-") && word.length() > 1) {
        array |= word.endsWith("a");
        boolean value = READ_VALUES.contains("-" + word.charAt(word.length() - 1));
        whole |= value && word.endsWith("d") && i + 1 < rest.size() && isNothing(rest.get(i + 1));
        i += value ? 1 : 0;
      } else {
        names.add(word);
      }
    }
    boolean lines = whole;
    Optional<String> text =
        call.feed.text().map(String::strip).filter(t -> lines || t.indexOf('\n') < 0);
    if (text.isEmpty() || names.isEmpty()) {
      names.forEach(this::forget);
    } else if (array) {
      scope.setArray(names.get(0), split(text.get(), 0).map(Argument::of).toList());
    } else {
      List<String> words =
          names.size() == 1 ? List.of(text.get()) : split(text.get(), names.size()).toList();
      for (int i = 0; i < names.size(); i++) {
        scope.set(names.get(i), Argument.of(i < words.size() ? words.get(i) : ""));
      }
    }
  }

  private static boolean isNothing(Argument word) {
    return word.known() && word.text().isEmpty();
  }

  private Stream<String> split(String text, int most) {
    String blanks =
        call.assignments.stream()
            .filter(a -> a.name().equals("IFS") && a.value().known())
            .map(a -> a.value().text())
            .findFirst()
            .orElse("");
    String mark = blanks.isEmpty() ? "\\s+" : Pattern.quote(blanks.substring(0, 1));
    return Arrays.stream(text.split(mark, most)).limit(Bounds.ROUNDS);
  }

  private void lines() {
    Optional<Argument> name =
        rest.stream().filter(a -> !a.text().startsWith("-")).reduce((first, last) -> last);
    if (name.isEmpty()) {
      return;
    }
    call.feed
        .text()
        .ifPresentOrElse(
            text ->
                scope.setArray(
                    name.get().text(), text.lines().limit(Bounds.STEPS).map(Argument::of).toList()),
            () -> forget(name.get().text()));
  }

  /** {@code printf -v NAME …} sets a variable. */
  private void print() {
    if (rest.size() > 2 && rest.get(0).text().equals("-v")) {
      List<Argument> argv = new ArrayList<>(List.of(Argument.of("printf")));
      argv.addAll(rest.subList(2, rest.size()));
      Optional<String> text = StaticOutput.of("printf", argv, Optional.empty());
      String name = rest.get(1).text();
      scope.set(name, text.map(Argument::of).orElse(Argument.unknown("$" + name)));
    }
  }

  /** {@code set -- a b} gives the shell new positional words. */
  private void positional() {
    for (int i = 0; i < rest.size(); i++) {
      if (rest.get(i).text().equals("--")) {
        List<Argument> words = new ArrayList<>(List.of(Argument.of("sh")));
        words.addAll(rest.subList(i + 1, rest.size()));
        scope.positional(Optional.of(words));
        return;
      }
    }
    if (rest.stream().anyMatch(a -> !a.text().startsWith("-") && !a.text().startsWith("+"))) {
      scope.positional(Optional.empty());
    }
  }

  private static Optional<List<Argument>> shifted(Optional<List<Argument>> words) {
    if (words.isEmpty() || words.get().size() < 2) {
      return words;
    }
    List<Argument> left = new ArrayList<>(words.get());
    left.remove(1);
    return Optional.of(List.copyOf(left));
  }
}
