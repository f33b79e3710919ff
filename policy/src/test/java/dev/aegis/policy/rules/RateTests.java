package dev.aegis.policy.rules;

import static dev.aegis.policy.rules.Policies.rule;
import static dev.aegis.policy.rules.Policies.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.policy.OperationCount;
import dev.aegis.policy.Operations;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that speak only when a session has done too much of something. */
class RateTests {
  private static final String DELETES =
      rule(
          "too-many",
          "tool = \"delete_file\", path_glob = \"/tmp/**\", rate = { more_than = 2, seconds = 60 }",
          "deny",
          1);

  private final ScriptedSurroundings world = new ScriptedSurroundings();

  private static Verdict delete(PolicyEngine engine, String path, ScriptedSurroundings s) {
    return engine.decide(Operations.delete(path), "/usr/bin/rm", s).verdict();
  }

  @Test
  void a_rule_with_a_rate_speaks_only_above_it() {
    PolicyEngine engine = Policies.engine(user(DELETES));
    assertThat(delete(engine, "/tmp/a", world.reached(2))).isEqualTo(Verdict.ALLOW);
    assertThat(delete(engine, "/tmp/a", world.reached(3))).isEqualTo(Verdict.DENY);
    assertThat(world.counted())
        .containsOnly(
            new OperationCount("user.toml:too-many", 2, Optional.of(Duration.ofSeconds(60))));
  }

  @Test
  void only_what_the_other_keys_match_is_counted() {
    PolicyEngine engine = Policies.engine(user(DELETES));
    delete(engine, "/var/tmp/a", world.reached(3));
    assertThat(world.counted()).isEmpty();
  }

  @Test
  void what_an_earlier_rule_decides_is_not_counted() {
    PolicyEngine engine =
        Policies.engine(user(DELETES + rule("first", "tool = \"delete_file\"", "allow", 0)));
    delete(engine, "/tmp/a", world.reached(3));
    assertThat(world.counted()).isEmpty();
  }

  @Test
  void a_policy_can_test_its_rates() {
    String text =
        DELETES
            + """
            [[policy.tests]]
            tool = "delete_file"
            path = "/tmp/a"
            times = 2
            expect = "allow"
            [[policy.tests]]
            tool = "delete_file"
            path = "/tmp/a"
            times = 3
            expect = "deny"
            rule = "too-many"
            """;
    LoadedPolicy loaded = PolicyLoader.load(List.of(user(text)));
    assertThat(loaded.problems()).isEmpty();
    assertThat(PolicyLoader.load(List.of(user(text.replace("times = 3", "times = 2")))).problems())
        .singleElement()
        .asString()
        .contains("expects deny by too-many");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "rate = 3 § \"rate\" is a whole number; expected a table such as { more_than = 20",
        "rate = {} § rate has no \"more_than\"",
        "rate = { more_then = 3, seconds = 4 } § did you mean \"more_than\"?",
        "rate = { more_than = 3, second = 4 } § did you mean \"seconds\"?",
        "rate = { more_than = 0 } § \"more_than\" is 0; expected a whole number from 1 to 10000",
        "rate = { more_than = \"3\" } § \"more_than\" is a string; expected a whole number",
        "rate = { more_than = 3, seconds = 100000 } § expected a whole number from 1 to 86400",
      })
  void a_mistake_is_located_and_explained(String match, String message) {
    String text = "[[policy.rules]]\nname = \"x\"\nmatch = { " + match + " }\naction = \"deny\"\n";
    List<PolicyProblem> problems = PolicyLoader.load(List.of(user(text))).problems();
    assertThat(problems).isNotEmpty();
    assertThat(problems).anySatisfy(p -> assertThat(p.message()).contains(message));
    assertThat(problems).allSatisfy(p -> assertThat(p.line()).isEqualTo(3));
    assertThat(problems).allSatisfy(p -> assertThat(p.column()).isGreaterThanOrEqualTo(11));
  }

  @Test
  void so_many_rates_that_counting_them_would_cost_are_refused() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 101; i++) {
      text.append(rule("r" + i, "rate = { more_than = 3 }", "deny", 1));
    }
    assertThat(PolicyLoader.load(List.of(user(text.toString()))).problems())
        .singleElement()
        .asString()
        .contains("user.toml:501:1: more than 100 rules have a \"rate\"");
  }

  @Test
  void the_same_rate_twice_is_named_by_lint() {
    LoadedPolicy loaded =
        PolicyLoader.load(List.of(user(DELETES + DELETES.replace("\"too-many\"", "\"second\""))));
    assertThat(loaded.warnings()).singleElement().asString().contains("\"second\" never speaks");
  }
}
