package dev.aegis.policy.rules;

import dev.aegis.policy.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads one policy file; everything wrong in it is found in one go. */
final class DocumentReader {
  private static final Set<String> KEYS = Set.of("default_action", "extends", "rules", "tests");
  private static final Map<String, String> PROFILES =
      Map.of("standard", "standard", "strict", "strict", "observe", "observe", "none", "none");

  private final PolicySource source;
  private final Problems problems;

  DocumentReader(PolicySource source) {
    this.source = source;
    this.problems = new Problems(source);
  }

  List<PolicyProblem> problems() {
    return problems.found();
  }

  /** The library itself breaks over some texts, such as an inline table that is never closed. */
  private Optional<TomlParseResult> parsed() {
    try {
      return Optional.of(Toml.parse(source.text()));
    } catch (NullPointerException e) {
      problems.add(
          TomlPosition.positionAt(1, 1),
          "cannot be read as TOML; look for a table { … } or a list [ … ] that is not closed");
      return Optional.empty();
    }
  }

  PolicyDocument read() {
    Optional<TomlParseResult> parsed = parsed();
    if (parsed.isEmpty()) {
      return empty();
    }
    TomlParseResult toml = parsed.get();
    for (TomlParseError error : toml.errors()) {
      problems.add(error.position(), error.getMessage());
    }
    if (toml.hasErrors()) {
      return empty();
    }
    TomlPosition start = TomlPosition.positionAt(1, 1);
    TableReader root = new TableReader(toml, start, "the policy file", problems);
    root.refuseOthersThan(Set.of("policy"));
    Object policy = toml.get(List.of("policy"));
    if (policy == null) {
      return empty();
    }
    if (!(policy instanceof TomlTable table)) {
      root.wrongType("policy", "a table: [policy]", policy);
      return empty();
    }
    TableReader reader = new TableReader(table, root.at("policy"), "[policy]", problems);
    reader.refuseOthersThan(KEYS);
    Optional<Verdict> defaultAction = reader.word("default_action", RuleReader.VERDICTS);
    Optional<String> profile = reader.word("extends", PROFILES);
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    each(
        reader,
        "rules",
        "[[policy.rules]]",
        entry ->
            RuleReader.rule(entry)
                .ifPresent(
                    rule -> {
                      if (!names.add(rule.name())) {
                        problems.add(
                            entry.at("name"), "a second rule named \"" + rule.name() + "\"");
                      }
                      rules.add(rule);
                    }));
    List<RuleTest> tests = new ArrayList<>();
    each(
        reader, "tests", "[[policy.tests]]", entry -> RuleReader.test(entry).ifPresent(tests::add));
    return new PolicyDocument(source.layer(), defaultAction, profile, rules, tests);
  }

  private void each(TableReader policy, String key, String what, Consumer<TableReader> reader) {
    Optional<Object> value = policy.raw(key);
    if (value.isEmpty()) {
      return;
    }
    if (!(value.get() instanceof TomlArray array)) {
      policy.wrongType(key, "an array of tables: " + what, value.get());
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      TomlPosition at = array.inputPositionOf(i);
      if (array.get(i) instanceof TomlTable table) {
        reader.accept(new TableReader(table, at, what, problems));
      } else {
        problems.add(at, "expected a table: " + what);
      }
    }
  }

  private PolicyDocument empty() {
    return new PolicyDocument(
        source.layer(), Optional.empty(), Optional.empty(), List.of(), List.of());
  }
}
