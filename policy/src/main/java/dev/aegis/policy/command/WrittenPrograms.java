package dev.aegis.policy.command;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the text of a program that the same command wrote into a file before it runs it. */
final class WrittenPrograms {
  private static final Set<String> READERS = Set.of("source", ".");
  private static final Set<String> MAKES = Set.of("make", "gmake");
  private static final List<String> MAKEFILES = List.of("GNUmakefile", "makefile", "Makefile");

  private static final List<String> JUSTFILES = List.of("justfile", "Justfile", ".justfile");
  private static final Set<String> PACKAGE_MANAGERS = Set.of("npm", "pnpm", "yarn", "bun");
  private static final String PACKAGE = "package.json";
  private static final Pattern SCRIPTS = Pattern.compile("\"scripts\"\\s*:\\s*\\{([^}]*)\\}");
  private static final Pattern TEXT = Pattern.compile(":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Drafts drafts;

  WrittenPrograms(Drafts drafts) {
    this.drafts = drafts;
  }

  /**
   * A program that was written before.
   *
   * @param file its name as the command has it
   * @param inner what is in it
   */
  record Found(String file, Inner inner) {}

  Optional<Found> find(String program, Call call) {
    if (call.scope.place() != PlanStep.Place.HERE) {
      return Optional.empty();
    }
    Optional<String> cwd = call.scope.cwd();
    Argument first = call.argv.get(0);
    if (first.known() && first.text().indexOf('/') >= 0) {
      Optional<Found> direct =
          drafts.text(cwd, first.text()).map(t -> new Found(first.text(), byFirstLine(t, call)));
      if (direct.isPresent()) {
        return direct;
      }
    }
    if (MAKES.contains(program)) {
      return make(call, cwd);
    }
    if (PACKAGE_MANAGERS.contains(program)) {
      return drafts.text(cwd, PACKAGE).map(t -> new Found(PACKAGE, packageScripts(t)));
    }
    if (program.equals("just")) {
      return JUSTFILES.stream()
          .flatMap(f -> drafts.text(cwd, f).map(t -> new Found(f, recipes(t))).stream())
          .findFirst();
    }
    Optional<String> language = language(program);
    return language.flatMap(
        l ->
            file(call)
                .flatMap(
                    file -> drafts.text(cwd, file).map(t -> new Found(file, inner(l, t, call)))));
  }

  private static Optional<String> language(String program) {
    if (READERS.contains(program)) {
      return Optional.of("sh");
    }
    for (Wrapper wrapper : WrapperTable.find(program)) {
      if (wrapper.kind() == Wrapper.Kind.SHELL) {
        return Optional.of("sh");
      }
      if (wrapper.kind() == Wrapper.Kind.INTERPRETER && !wrapper.codeOperand()) {
        return Optional.of(wrapper.language());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> file(Call call) {
    return call.argv.stream()
        .skip(1)
        .filter(a -> !a.text().startsWith("-") && !a.text().equals("run"))
        .findFirst()
        .filter(Argument::known)
        .map(Argument::text);
  }

  private static Inner byFirstLine(String text, Call call) {
    String line = text.lines().findFirst().orElse("");
    if (!line.startsWith("#!")) {
      return inner("sh", text, call);
    }
    String[] words = line.substring(2).strip().split("\\s+", -1);
    boolean env = ProgramName.of(words[0]).equals("env") && words.length > 1;
    String interpreter = ProgramName.of(words[env ? words.length - 1 : 0]);
    return inner(language(interpreter).orElse("sh"), text, call);
  }

  private static Inner inner(String language, String text, Call call) {
    return language.equals("sh")
        ? new Inner.Script(Argument.of(text), List.copyOf(call.argv), PlanStep.Place.HERE)
        : new Inner.Code(language, Argument.of(text), PlanStep.Place.HERE);
  }

  private Optional<Found> make(Call call, Optional<String> cwd) {
    Optional<String> named = Optional.empty();
    for (int i = 1; i + 1 < call.argv.size(); i++) {
      if (call.argv.get(i).text().matches("-f|--file|--makefile")) {
        named = Optional.of(call.argv.get(i + 1).text());
      }
    }
    if (named.isPresent() && named.get().equals("-")) {
      return call.feed.text().map(t -> new Found("-", recipes(t)));
    }
    for (String file : named.map(List::of).orElse(MAKEFILES)) {
      Optional<String> text = drafts.text(cwd, file);
      if (text.isPresent()) {
        return Optional.of(new Found(file, recipes(text.get())));
      }
    }
    return Optional.empty();
  }

  /** Which of them will run is not asked either. */
  private static Inner packageScripts(String text) {
    StringBuilder script = new StringBuilder();
    Matcher scripts = SCRIPTS.matcher(text);
    while (scripts.find()) {
      Matcher one = TEXT.matcher(scripts.group(1));
      while (one.find()) {
        script.append(one.group(1).replace("\\\"", "\"").replace("\\\\", "\\")).append('\n');
      }
    }
    return new Inner.Script(Argument.of(script.toString()));
  }

  private static boolean isIndented(String line) {
    return line.startsWith("\t") || line.startsWith("  ");
  }

  /** Which of its rules will run is not known: all may. */
  private static Inner recipes(String text) {
    String script =
        text.lines()
            .map(line -> isIndented(line) ? line : line.replaceFirst("^[^=]*;", "\t"))
            .filter(WrittenPrograms::isIndented)
            .map(line -> line.strip().replaceFirst("^[@+-]+", ""))
            .map(line -> line.replaceAll("\\$\\((\\w+)\\)", "\\${$1}").replace("$$", "$"))
            .collect(Collectors.joining("\n"));
    return new Inner.Script(Argument.of(script));
  }
}
