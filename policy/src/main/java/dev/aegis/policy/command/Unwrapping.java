package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the commands inside the command line of a wrapper. */
final class Unwrapping {
  private static final Set<String> OPTIONS_TOO =
      Set.of("-C", "-c", "-n", "--namespace", "--context");

  private static final Set<String> PACKAGE_MANAGERS = Set.of("npm", "yarn", "pnpm", "bun");

  private static final String SERVICES = "/etc/init.d/";

  private final Wrapper wrapper;
  private final List<Argument> argv;
  private final boolean complete;
  private final List<PlanStep.Assignment> assignments = new ArrayList<>();
  private Optional<Argument> directory = Optional.empty();

  private Unwrapping(Wrapper wrapper, List<Argument> argv, boolean complete) {
    this.complete = complete;
    this.wrapper = wrapper;
    this.argv = argv;
  }

  /** Return what a command line starts; nothing when its program starts nothing. */
  static List<Inner> of(String program, List<Argument> argv) {
    return of(program, argv, false);
  }

  /**
   * Return what a command line starts.
   *
   * @param complete true when the words that the program adds by itself are there already
   */
  static List<Inner> of(String program, List<Argument> argv, boolean complete) {
    List<Inner> all = new ArrayList<>();
    if (argv.get(0).text().startsWith(SERVICES)) {
      List<Argument> service = new ArrayList<>(List.of(Argument.of("service")));
      service.add(argv.get(0).withText(argv.get(0).text().substring(SERVICES.length())));
      service.addAll(argv.subList(1, argv.size()));
      all.add(new Inner.Command(service));
    }
    for (Wrapper wrapper : WrapperTable.find(program)) {
      Optional<List<Argument>> behind = behindSubcommand(wrapper, argv);
      if (behind.isEmpty()
          || behind.get().stream()
              .takeWhile(a -> !a.text().equals("--"))
              .anyMatch(a -> wrapper.unless().contains(a.text()))) {
        continue;
      }
      Unwrapping unwrapping = new Unwrapping(wrapper, behind.get(), complete);
      all.addAll(
          switch (wrapper.kind()) {
            case WRAPPER -> unwrapping.wrapped();
            case SHELL -> unwrapping.shell();
            case INTERPRETER -> unwrapping.interpreted();
          });
    }
    return all;
  }

  /** Return the program and what stands behind its subcommand; empty when it is another one. */
  private static Optional<List<Argument>> behindSubcommand(Wrapper wrapper, List<Argument> argv) {
    int at = 1;
    for (String word : wrapper.sub()) {
      while (at < argv.size() && argv.get(at).text().startsWith("-")) {
        String option = argv.get(at).text();
        at += OPTIONS_TOO.contains(option) ? 2 : wrapper.width(option, argv, at);
      }
      if (at >= argv.size() || !argv.get(at).text().equals(word)) {
        return Optional.empty();
      }
      at++;
    }
    List<Argument> rest = new ArrayList<>(List.of(argv.get(0)));
    rest.addAll(argv.subList(Math.min(at, argv.size()), argv.size()));
    return Optional.of(rest);
  }

  private List<Inner> wrapped() {
    List<Inner> all = new ArrayList<>();
    optionCommands(all);
    if (wrapper.afterDashes()) {
      int dashes = indexOf("--");
      if (dashes >= 0 && dashes + 1 < argv.size()) {
        all.add(command(argv.subList(dashes + 1, argv.size())));
      }
      return all;
    }
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
      if (assignment) {
        assign(argv.get(at));
      } else {
        script(word, at, width).ifPresent(all::add);
        changeDirectory(word, at, width);
      }
      at += width;
    }
    while (wrapper.assignments() && at < argv.size() && argv.get(at).text().indexOf('=') > 0) {
      assign(argv.get(at++));
    }
    at += wrapper.skip();
    boolean laterScript = at < argv.size() && wrapper.scriptOptions().contains(argv.get(at).text());
    if (wrapper.neverOperands() || laterScript) {
      laterScripts(at, all);
    } else if (wrapper.each()) {
      argv.stream().skip(at).filter(a -> !a.text().startsWith("-")).forEach(a -> all.add(one(a)));
    } else if (at < argv.size()) {
      all.add(command(argv.subList(at, argv.size())));
    }
    return all;
  }

  /** {@code npm:test} stands for a script of the package. */
  private Inner one(Argument script) {
    String text = script.text();
    int colon = text.indexOf(':');
    boolean ofPackage = colon > 0 && PACKAGE_MANAGERS.contains(text.substring(0, colon));
    return scriptOf(
        ofPackage ? text.substring(0, colon) + " run " + text.substring(colon + 1) : text, script);
  }

  private int indexOf(String word) {
    for (int i = 1; i < argv.size(); i++) {
      if (argv.get(i).text().equals(word)) {
        return i;
      }
    }
    return -1;
  }

  private void assign(Argument word) {
    int equals = word.text().indexOf('=');
    assignments.add(
        new PlanStep.Assignment(
            word.text().substring(0, equals), word.withText(word.text().substring(equals + 1))));
  }

  /** Commands behind an option, as {@code find -exec} has them. */
  private void optionCommands(List<Inner> all) {
    for (int i = 1; i < argv.size() && !wrapper.commandOptions().isEmpty(); i++) {
      if (wrapper.commandOptions().contains(argv.get(i).text())) {
        int end = i + 1;
        while (end < argv.size() && !argv.get(end).text().equals(";") && !isPlus(end)) {
          end++;
        }
        List<Argument> command =
            argv.subList(i + 1, end).stream().flatMap(a -> replaced(a).stream()).toList();
        if (!command.isEmpty() && wrapper.appends() && command.size() == end - i - 1) {
          command = withUnknown(command);
        }
        if (!command.isEmpty()) {
          all.add(new Inner.Command(command, directory, List.of(), wrapper.place()));
        }
        i = end;
      }
    }
  }

  private static List<Argument> withUnknown(List<Argument> command) {
    List<Argument> all = new ArrayList<>(command);
    all.add(Argument.unknown("…"));
    return all;
  }

  private List<Argument> replaced(Argument word) {
    if (word.text().equals("{}")) {
      return FoundNames.of(argv);
    }
    return List.of(
        word.text().contains("{}") ? new Argument(word.text(), false, false, word.from()) : word);
  }

  private boolean isPlus(int at) {
    return argv.get(at).text().equals("+") && argv.get(at - 1).text().equals("{}");
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
    if (wrapper.appends()
        && !complete
        && command.stream().noneMatch(a -> a.text().contains("{}"))) {
      command.add(Argument.unknown("…"));
    }
    if (!wrapper.joined()) {
      return new Inner.Command(command, directory, assignments, wrapper.place());
    }
    return new Inner.Script(joined(command), List.of(), wrapper.place());
  }

  static Argument joined(List<Argument> words) {
    List<Integer> from = new ArrayList<>();
    words.forEach(w -> from.addAll(w.from()));
    return new Argument(
        words.stream().map(Argument::text).collect(Collectors.joining(" ")),
        words.stream().allMatch(w -> w.known() || w.pattern()),
        false,
        from);
  }

  private Optional<Inner> script(String word, int at, int width) {
    for (String option : wrapper.scriptOptions()) {
      if (option.endsWith("=") && word.startsWith(option)) {
        return prefixed(word.substring(option.length()), argv.get(at));
      }
      if (option.startsWith("--") && word.startsWith(option + "=")) {
        return prefixed(word.substring(option.length() + 1), argv.get(at));
      }
      boolean same =
          word.equals(option)
              || (isCluster(word) && option.length() == 2 && word.endsWith(option.substring(1)));
      if (same && width == 2) {
        return prefixed(argv.get(at + 1).text(), argv.get(at + 1));
      }
      if (option.length() == 2 && word.startsWith(option) && word.length() > 2) {
        return prefixed(word.substring(2), argv.get(at));
      }
    }
    return Optional.empty();
  }

  /** Editors run what stands behind an exclamation mark. */
  private Optional<Inner> prefixed(String text, Argument from) {
    for (String prefix : wrapper.scriptPrefixes()) {
      if (text.startsWith(prefix)) {
        return Optional.of(scriptOf(text.substring(prefix.length()), from));
      }
    }
    return wrapper.scriptPrefixes().isEmpty()
        ? Optional.of(scriptOf(text, from))
        : Optional.empty();
  }

  private Inner scriptOf(String text, Argument from) {
    return new Inner.Script(from.withText(text), List.of(), wrapper.place());
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
      return at < argv.size() ? List.of(shellScript(at)) : List.of();
    }
    boolean fromInput =
        input
            || at >= argv.size()
            || argv.get(at).text().equals("-")
            || argv.get(at).text().startsWith("/dev/");
    if (fromInput) {
      return List.of(new Inner.FromInput("sh", wrapper.place()));
    }
    Argument file = argv.get(at);
    boolean process =
        file.text().startsWith("<(")
            || (!file.known() && !file.pattern() && file.text().indexOf('/') < 0);
    return process ? List.of(new Inner.Script(argv.get(at))) : List.of();
  }

  private Inner shellScript(int at) {
    List<Argument> positional =
        at + 1 < argv.size()
            ? List.copyOf(argv.subList(at + 1, argv.size()))
            : List.of(argv.get(0));
    return new Inner.Script(argv.get(at), positional, wrapper.place());
  }

  private List<Inner> interpreted() {
    int at = 1;
    while (at < argv.size()) {
      String word = argv.get(at).text();
      if (!word.startsWith("-") || word.equals("-")) {
        break;
      }
      Optional<Inner> code = code(word, at);
      if (code.isPresent()) {
        return List.of(code.get());
      }
      if (wrapper.moduleOptions().stream().anyMatch(o -> word.equals(o) || isClusterOf(word, o))) {
        return at + 1 < argv.size() ? inner(at + 1) : List.of();
      }
      if (wrapper.moduleOptions().stream().anyMatch(o -> o.length() == 2 && word.startsWith(o))) {
        List<Argument> module = new ArrayList<>(argv.subList(at, argv.size()));
        module.set(0, module.get(0).withText(word.substring(2)));
        return List.of(new Inner.Command(module, directory, assignments, wrapper.place()));
      }
      at += word.equals("--") ? 1 : wrapper.width(word, argv, at);
    }
    if (wrapper.codeOperand()) {
      return at < argv.size()
          ? List.of(new Inner.Code(wrapper.language(), argv.get(at), wrapper.place()))
          : List.of();
    }
    boolean bare = at >= argv.size() && argv.stream().skip(1).allMatch(a -> isModifier(a.text()));
    if (bare || (at < argv.size() && argv.get(at).text().equals("-"))) {
      return List.of(new Inner.FromInput(wrapper.language(), wrapper.place()));
    }
    return at >= argv.size() || isOneOfMany(argv.get(at)) ? List.of() : inner(at);
  }

  /** Scripts that only a pattern names are files like any other. */
  private static boolean isOneOfMany(Argument script) {
    return script.pattern() && !script.text().startsWith("/");
  }

  /** Options that only inform, such as {@code --version}, read no program. */
  private static boolean isModifier(String word) {
    return !word.startsWith("--") && !word.equals("-V") && !word.equals("-v");
  }

  private Optional<Inner> code(String word, int at) {
    for (String option : wrapper.codeOptions()) {
      if (word.startsWith(option + "=") && option.startsWith("--")) {
        return Optional.of(codeOf(argv.get(at).withText(word.substring(option.length() + 1))));
      }
      if (word.equals(option) || isClusterOf(word, option)) {
        return at + 1 < argv.size() ? Optional.of(codeOf(argv.get(at + 1))) : Optional.empty();
      }
      if (option.length() == 2 && word.length() > 2 && word.startsWith(option)) {
        return Optional.of(codeOf(argv.get(at).withText(word.substring(2))));
      }
    }
    return Optional.empty();
  }

  private Inner codeOf(Argument text) {
    return new Inner.Code(wrapper.language(), text, wrapper.place());
  }

  private List<Inner> inner(int at) {
    return List.of(
        new Inner.Command(
            List.copyOf(argv.subList(at, argv.size())), directory, assignments, wrapper.place()));
  }

  private boolean isClusterOf(String word, String option) {
    boolean flags = word.matches("-[A-Za-z0-9]{2,8}");
    return flags
        && option.length() == 2
        && word.endsWith(option.substring(1))
        && word.chars()
            .limit(word.length() - 1L)
            .noneMatch(c -> wrapper.shortValues().indexOf(c) >= 0);
  }
}
