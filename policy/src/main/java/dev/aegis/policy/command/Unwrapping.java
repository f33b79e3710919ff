package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the commands inside the command line of a wrapper. */
final class Unwrapping {
  private static final Set<String> FIND_COMMANDS = Set.of("-exec", "-execdir", "-ok", "-okdir");

  private final Wrapper wrapper;
  private final List<Argument> argv;
  private Optional<Argument> directory = Optional.empty();

  private Unwrapping(Wrapper wrapper, List<Argument> argv) {
    this.wrapper = wrapper;
    this.argv = argv;
  }

  /** Return what a command line starts; nothing when its program starts nothing. */
  static List<Inner> of(String program, List<Argument> argv) {
    if (program.equals("find") || program.equals("fd") || program.equals("bfs")) {
      return found(argv);
    }
    return WrapperTable.find(program)
        .map(
            wrapper -> {
              Unwrapping unwrapping = new Unwrapping(wrapper, argv);
              return switch (wrapper.kind()) {
                case WRAPPER -> unwrapping.wrapped();
                case SHELL -> unwrapping.shell();
                case INTERPRETER -> unwrapping.interpreted();
              };
            })
        .orElse(List.of());
  }

  private static List<Inner> found(List<Argument> argv) {
    List<Inner> all = new ArrayList<>();
    for (int i = 1; i < argv.size(); i++) {
      if (FIND_COMMANDS.contains(argv.get(i).text()) || argv.get(i).text().equals("--exec")) {
        int end = i + 1;
        while (end < argv.size() && !argv.get(end).text().equals(";") && !isPlus(argv, end)) {
          end++;
        }
        List<Argument> command =
            argv.subList(i + 1, end).stream()
                .map(a -> a.text().contains("{}") ? new Argument(a.text(), false) : a)
                .toList();
        if (!command.isEmpty()) {
          all.add(new Inner.Command(command, Optional.empty()));
        }
        i = end;
      }
    }
    return all;
  }

  private static boolean isPlus(List<Argument> argv, int at) {
    return argv.get(at).text().equals("+") && argv.get(at - 1).text().equals("{}");
  }

  private List<Inner> wrapped() {
    List<Inner> all = new ArrayList<>();
    int at = 1;
    while (at < argv.size()) {
      String word = argv.get(at).text();
      if (word.equals("--")) {
        at++;
        break;
      }
      boolean assignment = wrapper.assignments() && word.indexOf('=') > 0 && !word.startsWith("-");
      boolean option = word.startsWith("-") && (word.length() > 1 || !wrapper.neverOperands());
      if (!assignment && !option) {
        break;
      }
      int width = assignment ? 1 : wrapper.width(word, argv, at);
      script(word, at, width).ifPresent(all::add);
      changeDirectory(word, at, width);
      at += width;
    }
    while (wrapper.assignments() && at < argv.size() && argv.get(at).text().indexOf('=') > 0) {
      at++;
    }
    at += wrapper.skip();
    boolean laterScript = at < argv.size() && wrapper.scriptOptions().contains(argv.get(at).text());
    if (wrapper.neverOperands() || laterScript) {
      laterScripts(at, all);
    } else if (at < argv.size()) {
      all.add(command(argv.subList(at, argv.size())));
    }
    return all;
  }

  /** Options that stand behind an operand, as in {@code su root -c id}. */
  private void laterScripts(int from, List<Inner> all) {
    for (int at = from; at < argv.size(); at++) {
      script(argv.get(at).text(), at, wrapper.width(argv.get(at).text(), argv, at))
          .ifPresent(all::add);
    }
  }

  private Inner command(List<Argument> words) {
    List<Argument> command = new ArrayList<>(words);
    if (wrapper.appends()) {
      command.add(new Argument("…", false));
    }
    if (!wrapper.joined() || command.size() == 1) {
      return new Inner.Command(command, directory);
    }
    return new Inner.Script(joined(command), List.of());
  }

  static Argument joined(List<Argument> words) {
    return new Argument(
        words.stream().map(Argument::text).collect(Collectors.joining(" ")),
        words.stream().allMatch(Argument::known));
  }

  private Optional<Inner> script(String word, int at, int width) {
    for (String option : wrapper.scriptOptions()) {
      if (option.startsWith("--") && word.startsWith(option + "=")) {
        return Optional.of(scriptOf(word.substring(option.length() + 1), argv.get(at)));
      }
      boolean same =
          word.equals(option)
              || (isCluster(word) && option.length() == 2 && word.endsWith(option.substring(1)));
      if (same && width == 2) {
        return Optional.of(scriptOf(argv.get(at + 1).text(), argv.get(at + 1)));
      }
      if (option.length() == 2 && word.startsWith(option) && word.length() > 2) {
        return Optional.of(scriptOf(word.substring(2), argv.get(at)));
      }
    }
    return Optional.empty();
  }

  private static Inner scriptOf(String text, Argument from) {
    return new Inner.Script(new Argument(text, from.known()), List.of());
  }

  private static boolean isCluster(String word) {
    return word.startsWith("-") && !word.startsWith("--");
  }

  private void changeDirectory(String word, int at, int width) {
    for (String option : wrapper.directoryOptions()) {
      if (word.equals(option) && width == 2) {
        directory = Optional.of(argv.get(at + 1));
      } else if (option.startsWith("--") && word.startsWith(option + "=")) {
        directory =
            Optional.of(new Argument(word.substring(option.length() + 1), argv.get(at).known()));
      }
    }
  }

  private List<Inner> shell() {
    boolean command = false;
    boolean input = false;
    int at = 1;
    while (at < argv.size()) {
      String word = argv.get(at).text();
      boolean option = (word.startsWith("-") || word.startsWith("+")) && word.length() > 1;
      if (!option || word.equals("--")) {
        at += word.equals("--") ? 1 : 0;
        break;
      }
      command |= isCluster(word) && word.indexOf('c') > 0;
      input |= isCluster(word) && word.indexOf('s') > 0;
      at += wrapper.width(word, argv, at);
    }
    if (command) {
      return at < argv.size()
          ? List.of(new Inner.Script(argv.get(at), List.copyOf(argv.subList(at + 1, argv.size()))))
          : List.of();
    }
    boolean fromInput =
        input
            || at >= argv.size()
            || argv.get(at).text().equals("-")
            || argv.get(at).text().startsWith("/dev/");
    return fromInput ? List.of(new Inner.FromInput()) : List.of();
  }

  private List<Inner> interpreted() {
    int at = 1;
    while (at < argv.size()) {
      String word = argv.get(at).text();
      if (!word.startsWith("-") || word.equals("-")) {
        break;
      }
      if (wrapper.codeOptions().stream().anyMatch(o -> word.equals(o) || isClusterOf(word, o))) {
        return List.of();
      }
      if (wrapper.moduleOptions().stream().anyMatch(o -> word.equals(o) || isClusterOf(word, o))) {
        return at + 1 < argv.size() ? inner(at + 1) : List.of();
      }
      at += word.equals("--") ? 1 : wrapper.width(word, argv, at);
    }
    if (at >= argv.size() || argv.get(at).text().equals("-")) {
      return at >= argv.size() || argv.size() == at + 1
          ? List.of(new Inner.FromInput())
          : List.of();
    }
    return inner(at);
  }

  private List<Inner> inner(int at) {
    return List.of(new Inner.Command(List.copyOf(argv.subList(at, argv.size())), directory));
  }

  private static boolean isClusterOf(String word, String option) {
    return isCluster(word)
        && option.length() == 2
        && word.length() > 2
        && word.endsWith(option.substring(1));
  }
}
