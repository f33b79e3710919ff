package dev.aegis.policy.rules;

import dev.aegis.operation.OperationKind;
import dev.aegis.operation.Risk;
import dev.aegis.policy.OperationCount;
import dev.aegis.policy.Verdict;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tomlj.TomlTable;

/** Reads one {@code [[policy.rules]]} or {@code [[policy.tests]]}. */
final class RuleReader {
  static final Map<String, Verdict> VERDICTS =
      Arrays.stream(Verdict.values())
          .collect(Collectors.toUnmodifiableMap(Verdict::label, Function.identity()));
  private static final Map<String, Risk.Tier> TIERS =
      Arrays.stream(Risk.Tier.values())
          .collect(Collectors.toUnmodifiableMap(Risk.Tier::label, Function.identity()));
  private static final Set<String> RULE_KEYS =
      Set.of("name", "match", "action", "reason", "priority", "once_per_session", "up_to_risk");
  private static final Set<String> TEST_KEYS =
      Set.of("name", "tool", "path", "command", "host", "expect", "rule", "times");
  private static final int DEFAULT_PRIORITY = 100;
  private static final int LAST_PRIORITY = 1_000_000;

  private RuleReader() {}

  static Optional<Rule> rule(TableReader table) {
    table.refuseOthersThan(RULE_KEYS);
    Optional<String> name = table.requiredString("name");
    if (!table.has("action")) {
      table.problems().add(table.start(), "the rule has no \"action\"");
    }
    Optional<Verdict> verdict = table.word("action", VERDICTS);
    int priority = table.integer("priority", 0, LAST_PRIORITY).orElse(DEFAULT_PRIORITY);
    Optional<String> reason = table.string("reason");
    boolean once = table.bool("once_per_session").orElse(false);
    Risk.Tier upTo = table.word("up_to_risk", TIERS).orElse(Risk.Tier.MEDIUM);
    Optional<Match> match = match(table, name.orElse(""), verdict.orElse(Verdict.DENY));
    if (name.isEmpty() || verdict.isEmpty() || match.isEmpty()) {
      return Optional.empty();
    }
    String text = reason.orElseGet(() -> "rule " + name.get());
    return Optional.of(
        new Rule(
            name.get(), match.get(), verdict.get(), priority, text, once, upTo, origin(table)));
  }

  private static Origin origin(TableReader table) {
    return new Origin(table.problems().file(), table.start().line(), table.start().column());
  }

  private static Optional<Match> match(TableReader rule, String name, Verdict verdict) {
    Optional<Object> value = rule.raw("match");
    if (value.isEmpty()) {
      rule.problems()
          .add(rule.start(), "the rule has no \"match\"; write match = {} to match everything");
      return Optional.empty();
    }
    if (!(value.get() instanceof TomlTable table)) {
      rule.wrongType("match", "a table such as { tool = \"read_file\" }", value.get());
      return Optional.empty();
    }
    TableReader reader = new TableReader(table, rule.at("match"), "match", rule.problems());
    return Optional.of(new MatchReader(reader, name, verdict).read());
  }

  static Optional<RuleTest> test(TableReader table) {
    table.refuseOthersThan(TEST_KEYS);
    Optional<String> tool = table.requiredString("tool");
    Optional<OperationKind> kind = tool.flatMap(OperationKind::ofTool);
    if (tool.isPresent() && kind.isEmpty()) {
      table.problems().add(table.at("tool"), "unknown tool \"" + tool.get() + "\"");
    }
    if (!table.has("expect")) {
      table.problems().add(table.start(), "the test has no \"expect\"");
    }
    Optional<Verdict> expected = table.word("expect", VERDICTS);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> key = subjectKey(kind.get());
    if (key.isEmpty()) {
      table
          .problems()
          .add(table.at("tool"), "a test cannot be about \"" + tool.orElseThrow() + "\"");
      return Optional.empty();
    }
    Optional<String> subject = table.requiredString(key.get());
    Optional<String> rule = table.string("rule");
    if (subject.isEmpty() || expected.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RuleTest(
            table.string("name").orElse(subject.get()),
            kind.get(),
            subject.get(),
            expected.get(),
            rule,
            table.integer("times", 1, OperationCount.MOST + 1).orElse(1),
            table.problems().file(),
            table.start().line(),
            table.start().column()));
  }

  private static Optional<String> subjectKey(OperationKind kind) {
    return switch (kind) {
      case EXECUTE -> Optional.of("command");
      case READ_FILE, WRITE_FILE, DELETE_FILE, MOVE_FILE, CHANGE_MODE -> Optional.of("path");
      case CONNECT, BIND -> Optional.of("host");
      case SIGNAL, TRACE, MOUNT, SYSTEM -> Optional.empty();
    };
  }
}
