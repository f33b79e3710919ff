package dev.aegis.policy.meaning;

import dev.aegis.policy.command.Argument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A command line taken apart into options, their values and operands, as getopt would. */
final class Invocation {
  private static final int SHORTEST_ABBREVIATION = 5;

  private final Set<String> options = new LinkedHashSet<>();
  private final List<String> values = new ArrayList<>();
  private final List<Argument> operands = new ArrayList<>();
  private boolean separated;

  private Invocation() {}

  static Invocation of(ProgramEntry program, List<Argument> argv) {
    Invocation invocation = new Invocation();
    int at = 1;
    while (at < argv.size()) {
      String word = argv.get(at).text();
      if (word.equals("--")) {
        invocation.separated = at + 1 < argv.size();
        invocation.operands.addAll(argv.subList(at + 1, argv.size()));
        break;
      }
      if (program.isOperand(word)) {
        invocation.operands.add(argv.get(at));
        if (program.stops()) {
          invocation.operands.addAll(argv.subList(at + 1, argv.size()));
          break;
        }
      } else {
        at += invocation.option(program, argv, at);
      }
      at++;
    }
    return invocation;
  }

  /** Take one word of options; return how many more words were values. */
  private int option(ProgramEntry program, List<Argument> argv, int at) {
    String word = argv.get(at).text();
    String next = at + 1 < argv.size() ? argv.get(at + 1).text() : null;
    boolean global =
        operands.isEmpty()
            || (operands.size() == 1 && program.groups().contains(operands.get(0).text()));
    int equals = word.indexOf('=');
    if (word.startsWith("--") || program.singleDash()) {
      String name = equals < 0 ? word : word.substring(0, equals);
      options.add(name);
      if (equals >= 0) {
        values.add(word);
      } else if (next != null && program.takesValue(name, global)) {
        values.add(name + "=" + next);
        return 1;
      }
      return 0;
    }
    if (program.takesValue(word, global)) {
      options.add(word);
      if (next != null) {
        values.add(word + "=" + next);
      }
      return next == null ? 0 : 1;
    }
    return cluster(program, word, next, global);
  }

  private int cluster(ProgramEntry program, String word, String next, boolean global) {
    for (int i = 1; i < word.length(); i++) {
      String name = "-" + word.charAt(i);
      options.add(name);
      if (program.takesValue(name, global)) {
        boolean attached = i + 1 < word.length();
        if (attached || next != null) {
          values.add(name + "=" + (attached ? word.substring(i + 1) : next));
        }
        return attached || next == null ? 0 : 1;
      }
    }
    return 0;
  }

  List<Argument> operands() {
    return operands;
  }

  /** Return {@code option=value} pairs in order. */
  List<String> values() {
    return values;
  }

  boolean separated() {
    return separated;
  }

  /** Return the value of an option, when it is given. */
  Optional<String> valueOf(String option) {
    return values.stream()
        .filter(v -> v.startsWith(option + "="))
        .map(v -> v.substring(option.length() + 1))
        .findFirst();
  }

  /** Tell whether the program would only say something about itself. */
  boolean onlyInforms(ProgramEntry program) {
    return !program.helpless()
        && (options.contains("--help")
            || (options.contains("--version") && valueOf("--version").isEmpty()));
  }

  /** Tell whether one of the options is given, abbreviated or not. */
  boolean hasOption(List<String> wanted) {
    for (String option : wanted) {
      if (hasExactOption(option)) {
        return true;
      }
      for (String given : options) {
        if (option.indexOf('=') < 0
            && given.length() >= SHORTEST_ABBREVIATION
            && given.startsWith("--")
            && option.startsWith(given)) {
          return true;
        }
      }
    }
    return false;
  }

  boolean hasExactOption(String option) {
    return options.contains(option) || values.contains(option);
  }

  boolean hasValue(List<Glob> wanted) {
    return values.stream().anyMatch(v -> wanted.stream().anyMatch(g -> g.matchesWord(v)));
  }

  /** Return all operands and values as one text. */
  String everything() {
    StringBuilder text = new StringBuilder();
    operands.forEach(o -> text.append(o.text()).append('\n'));
    values.forEach(v -> text.append(v.substring(v.indexOf('=') + 1)).append('\n'));
    return text.toString();
  }
}
