package dev.aegis.policy.rules;

import com.google.re2j.PatternSyntaxException;
import dev.aegis.operation.OperationKind;
import dev.aegis.operation.Risk;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.Verdict;
import dev.aegis.policy.meaning.Glob;
import dev.aegis.policy.meaning.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tomlj.TomlTable;

/** Reads the {@code match} of one rule. */
final class MatchReader {
  private static final Set<String> KEYS =
      Set.of(
          "tool",
          "category",
          "path_pattern",
          "path_glob",
          "command_pattern",
          "program",
          "args",
          "cwd_glob",
          "host_glob",
          "port",
          "rate",
          "risk",
          "wrapped",
          "user");
  private static final Set<String> TOOLS =
      Arrays.stream(OperationKind.values())
          .map(OperationKind::tool)
          .collect(Collectors.toCollection(() -> new TreeSet<>(Set.of("bash"))));
  private static final Map<String, Risk.Tier> TIERS =
      Arrays.stream(Risk.Tier.values())
          .collect(Collectors.toUnmodifiableMap(Risk.Tier::label, Function.identity()));

  private final TableReader table;
  private final String rule;
  private final Verdict verdict;
  private final List<Condition> conditions = new ArrayList<>();
  private boolean namesBaseline;

  /**
   * A reader of one match.
   *
   * @param rule name of the rule that it belongs to
   */
  MatchReader(TableReader table, String rule, Verdict verdict) {
    this.table = table;
    this.rule = rule;
    this.verdict = verdict;
  }

  Match read() {
    table.refuseOthersThan(KEYS);
    Set<OperationKind> kinds = kinds();
    words("wrapped", (word, s) -> word.equals(s.wrapped()));
    words("user", (word, s) -> word.equals(s.user()));
    program();
    port();
    risk();
    categories();
    globs("path_glob", Subject::path, true);
    globs("cwd_glob", Subject::cwd, false);
    host();
    arguments();
    pathPattern();
    commandPattern();
    rate();
    return new Match(
        kinds,
        conditions,
        namesBaseline && kinds.contains(OperationKind.READ_FILE),
        table.written(KEYS));
  }

  private Set<OperationKind> kinds() {
    List<String> tools = table.strings("tool");
    if (tools.isEmpty()) {
      return EnumSet.allOf(OperationKind.class);
    }
    Set<OperationKind> kinds = EnumSet.noneOf(OperationKind.class);
    for (String tool : tools) {
      Optional<OperationKind> kind = OperationKind.ofTool(tool);
      if (kind.isEmpty()) {
        table
            .problems()
            .addWithin(
                table.at("tool"),
                tool,
                "unknown tool \""
                    + tool
                    + "\""
                    + Spelling.hint(tool, TOOLS)
                    + "; expected one of "
                    + String.join(", ", TOOLS));
      }
      kind.ifPresent(kinds::add);
    }
    return kinds;
  }

  private void when(String key, BiPredicate<Subject, Surroundings> test) {
    conditions.add(new KeyCondition(key, test));
  }

  private void words(String key, BiFunction<String, Surroundings, Boolean> equal) {
    List<String> words = table.strings(key);
    if (!words.isEmpty()) {
      when(key, (subject, s) -> words.stream().anyMatch(word -> equal.apply(word, s)));
    }
  }

  private void program() {
    List<ProgramName> names = new ArrayList<>();
    for (String name : table.strings("program")) {
      read("program", name, ProgramName::of).ifPresent(names::add);
    }
    if (!names.isEmpty()) {
      when(
          "program", (subject, s) -> names.stream().anyMatch(n -> n.matches(subject.program(), s)));
    }
  }

  private void port() {
    table
        .raw("port")
        .ifPresent(
            value -> {
              Optional<PortRange> range = PortRange.of(value);
              if (range.isEmpty()) {
                table
                    .problems()
                    .add(
                        table.at("port"),
                        "\"port\" is "
                            + value
                            + "; expected a number from 0 to 65535 or a range such as"
                            + " \"8000-8999\"");
              }
              range.ifPresent(
                  r -> when("port", (subject, s) -> isSocket(subject) && r.holds(subject.port())));
            });
  }

  private static boolean isSocket(Subject subject) {
    return subject.kind() == OperationKind.CONNECT || subject.kind() == OperationKind.BIND;
  }

  private void risk() {
    table
        .word("risk", TIERS)
        .ifPresent(
            tier -> when("risk", (subject, s) -> subject.risk().tier().compareTo(tier) >= 0));
  }

  private void categories() {
    List<String> names = table.strings("category");
    for (String name : names) {
      if (!name.toLowerCase(Locale.ROOT).matches("[a-z][a-z_]*(\\.[a-z_]+)*")) {
        table
            .problems()
            .addWithin(
                table.at("category"),
                name,
                "not a category: \"" + name + "\"; expected dotted words such as git.force_push");
      }
    }
    if (!names.isEmpty()) {
      conditions.add(new CategoryCondition(names));
    }
  }

  private void globs(String key, Function<Subject, String> text, boolean path) {
    List<Glob> globs = new ArrayList<>();
    for (String glob : table.strings(key)) {
      read(key, glob, Glob::of).ifPresent(globs::add);
    }
    if (globs.isEmpty()) {
      return;
    }
    if (!path) {
      when(key, (subject, s) -> globs.stream().anyMatch(g -> matches(g, text.apply(subject), s)));
      return;
    }
    namesBaseline |= globs.stream().anyMatch(g -> Baseline.isNamedBy(g.literalPrefix()));
    conditions.add(
        new PathCondition(
            globs.stream()
                .map(glob -> new PathCondition.Way(glob::matches, glob::approximation))
                .toList(),
            verdict != Verdict.ALLOW));
  }

  private static boolean matches(Glob glob, String text, Surroundings s) {
    return !text.isEmpty() && glob.matches(text, s);
  }

  private void host() {
    List<Glob> globs = new ArrayList<>();
    for (String glob : table.strings("host_glob")) {
      read("host_glob", glob, Glob::ofText).ifPresent(globs::add);
    }
    if (!globs.isEmpty()) {
      when(
          "host_glob",
          (subject, s) ->
              !subject.host().isEmpty()
                  && globs.stream().anyMatch(g -> g.matchesWord(subject.host())));
    }
  }

  private void arguments() {
    List<Glob> wanted = new ArrayList<>();
    for (String word : table.strings("args")) {
      read("args", word, Glob::ofText).ifPresent(wanted::add);
    }
    if (!wanted.isEmpty()) {
      when("args", (subject, s) -> inOrder(wanted, subject.argv()));
    }
  }

  private static boolean inOrder(List<Glob> wanted, List<String> argv) {
    int next = 0;
    for (int i = 1; i < argv.size() && next < wanted.size(); i++) {
      if (wanted.get(next).matchesWord(argv.get(i))) {
        next++;
      }
    }
    return next == wanted.size();
  }

  private void pathPattern() {
    List<LinearPattern> patterns = patterns("path_pattern");
    if (patterns.isEmpty()) {
      return;
    }
    namesBaseline |=
        patterns.stream().flatMap(p -> p.literalStarts().stream()).anyMatch(Baseline::isNamedBy);
    conditions.add(
        new PathCondition(
            patterns.stream()
                .map(
                    pattern ->
                        new PathCondition.Way(
                            (path, s) -> pattern.isFoundIn(path), s -> pattern.approximation()))
                .toList(),
            verdict != Verdict.ALLOW));
  }

  private void commandPattern() {
    List<LinearPattern> patterns = patterns("command_pattern");
    if (!patterns.isEmpty()) {
      when(
          "command_pattern",
          (subject, s) ->
              subject.kind() == OperationKind.EXECUTE
                  && patterns.stream().anyMatch(p -> p.isFoundIn(subject.text())));
    }
  }

  private void rate() {
    table
        .raw("rate")
        .ifPresent(
            value -> {
              if (!(value instanceof TomlTable inner)) {
                table.wrongType("rate", "a table such as { more_than = 20, seconds = 60 }", value);
                return;
              }
              String source = table.problems().file() + ":" + rule;
              RateReader.read(
                      new TableReader(inner, table.at("rate"), "rate", table.problems()), source)
                  .map(RateCondition::new)
                  .ifPresent(conditions::add);
            });
  }

  private List<LinearPattern> patterns(String key) {
    List<LinearPattern> patterns = new ArrayList<>();
    for (String regex : table.strings(key)) {
      try {
        patterns.add(new LinearPattern(regex));
      } catch (PatternSyntaxException e) {
        String fragment = e.getPattern() == null ? "" : e.getPattern();
        table
            .problems()
            .addWithin(
                table.at(key),
                fragment,
                "\""
                    + key
                    + "\": "
                    + e.getDescription()
                    + " \""
                    + fragment
                    + "\"; expected a regular expression of linear time: no back-references, no"
                    + " look-around");
      }
    }
    return patterns;
  }

  private <T> Optional<T> read(String key, String text, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      table
          .problems()
          .addWithin(table.at(key), text, "\"" + key + "\" is \"" + text + "\": " + e.getMessage());
      return Optional.empty();
    }
  }
}
