package dev.aegis.policy.rules;

import static dev.aegis.policy.Operations.execute;
import static dev.aegis.policy.Operations.read;
import static dev.aegis.policy.Operations.write;
import static dev.aegis.policy.Verdict.ALLOW;
import static dev.aegis.policy.Verdict.DENY;
import static dev.aegis.policy.Verdict.REQUIRE_APPROVAL;
import static dev.aegis.policy.rules.Policies.engine;
import static dev.aegis.policy.rules.Policies.rule;
import static dev.aegis.policy.rules.Policies.source;
import static dev.aegis.policy.rules.Policies.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Operation;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.ScriptedSurroundings;
import org.junit.jupiter.api.Test;

/** The order in which rules and layers speak. */
class LayerTests {
  private static final String W = ScriptedSurroundings.WORKSPACE;
  private static final Operation PUSH = execute("git", "push", "--force");

  @Test
  void the_lowest_priority_number_speaks_first() {
    PolicyEngine engine =
        engine(
            user(
                rule("late", "tool = \"read_file\"", "deny", 20)
                    + rule("early", "tool = \"read_file\"", "allow", 10)));
    assertThat(decide(engine, read(W + "/a")).rule()).isEqualTo("early");
  }

  @Test
  void of_equal_priorities_the_stricter_speaks() {
    PolicyEngine engine =
        engine(
            user(
                rule("mild", "tool = \"read_file\"", "allow", 10)
                    + rule("strict", "tool = \"read_file\"", "deny", 10)
                    + rule("ask", "tool = \"read_file\"", "require_approval", 10)));
    assertThat(decide(engine, read(W + "/a")).rule()).isEqualTo("strict");
  }

  @Test
  void the_user_speaks_before_the_shipped_profile() {
    PolicyEngine engine = engine(user(rule("mine", "tool = \"bash\"", "allow", 1000)));
    assertThat(decide(engine, PUSH).verdict()).isEqualTo(ALLOW);
  }

  @Test
  void a_project_may_tighten() {
    PolicyEngine engine =
        engine(source(Layer.PROJECT, rule("no-make", "program = \"make\"", "deny", 1)));
    assertThat(decide(engine, execute("make")).rule()).isEqualTo("no-make");
  }

  @Test
  void a_project_may_not_loosen() {
    PolicyEngine engine =
        engine(
            source(
                Layer.PROJECT,
                "[policy]\ndefault_action = \"allow\"\nextends = \"none\"\n"
                    + rule("all", "", "allow", 1)));
    assertThat(decide(engine, PUSH).verdict()).isEqualTo(REQUIRE_APPROVAL);
    assertThat(decide(engine, write("/etc/hosts")).verdict()).isEqualTo(DENY);
  }

  @Test
  void a_project_s_question_does_not_weaken_a_denial() {
    PolicyEngine engine =
        engine(source(Layer.PROJECT, rule("ask", "tool = \"write_file\"", "require_approval", 1)));
    assertThat(decide(engine, write("/etc/hosts")).verdict()).isEqualTo(DENY);
    assertThat(decide(engine, write(W + "/a")).rule()).isEqualTo("ask");
  }

  @Test
  void a_learned_allow_beats_a_question_of_its_own_risk_only() {
    String learned = rule("learned", "tool = \"execute\"", "allow", 1);
    PolicyEngine engine = engine(source(Layer.LEARNED, learned));
    Decision highRisk = decide(engine, PUSH);
    assertThat(highRisk.rule()).isEqualTo("force-push");
    Decision known = decide(engine, execute("git", "push", "--force"));
    assertThat(known.verdict()).isEqualTo(REQUIRE_APPROVAL);
    PolicyEngine high = engine(source(Layer.LEARNED, learned + "up_to_risk = \"critical\"\n"));
    assertThat(decide(high, PUSH).verdict()).isEqualTo(ALLOW);
  }

  @Test
  void a_learned_allow_never_beats_a_denial() {
    PolicyEngine engine =
        engine(
            source(Layer.LEARNED, rule("learned", "", "allow", 1) + "up_to_risk = \"critical\"\n"));
    assertThat(decide(engine, write("/etc/hosts")).verdict()).isEqualTo(DENY);
  }

  @Test
  void the_default_comes_from_the_top_layer_that_sets_one() {
    String none = "[policy]\nextends = \"none\"\ndefault_action = \"deny\"\n";
    PolicyEngine engine =
        engine(user(none), source(Layer.LEARNED, "[policy]\ndefault_action = \"allow\"\n"));
    Decision decision = decide(engine, execute("ls"));
    assertThat(decision.verdict()).isEqualTo(DENY);
    assertThat(decision.rule()).isEqualTo("default_action");
  }

  @Test
  void without_any_default_people_are_asked() {
    PolicyEngine engine = engine(user("[policy]\nextends = \"none\"\n"));
    assertThat(decide(engine, execute("ls")).verdict()).isEqualTo(REQUIRE_APPROVAL);
  }

  @Test
  void a_strict_policy_does_not_stop_programs_from_starting() {
    PolicyEngine engine = engine(user("[policy]\nextends = \"none\"\ndefault_action = \"deny\"\n"));
    for (String path :
        new String[] {
          "/usr/lib/x86_64-linux-gnu/libc.so.6",
          "/etc/ld.so.cache",
          "/proc/self/maps",
          "/dev/urandom"
        }) {
      assertThat(decide(engine, read(path)).rule()).as(path).isEqualTo("baseline");
    }
    assertThat(decide(engine, read("/etc/shadow")).verdict()).isEqualTo(ALLOW);
  }

  @Test
  void a_rule_that_names_the_baseline_narrows_it() {
    PolicyEngine engine = engine(user(rule("no-passwd", "path_glob = \"/etc/passwd\"", "deny", 1)));
    assertThat(engine.narrowsBaseline()).isTrue();
    assertThat(decide(engine, read("/etc/passwd")).rule()).isEqualTo("no-passwd");
    assertThat(decide(engine, read("/etc/hosts")).rule()).isEqualTo("baseline");
  }

  @Test
  void only_rules_that_refuse_reads_of_it_by_name_narrow_the_baseline() {
    assertThat(narrows("path_pattern = \"^/etc/passwd$\"", "deny")).isTrue();
    assertThat(narrows("path_pattern = \"/usr/bin/.*\"", "require_approval")).isTrue();
    assertThat(narrows("path_pattern = \"x|^/proc/1\"", "deny")).isTrue();
    assertThat(narrows("path_pattern = \".*secret.*\"", "deny")).isFalse();
    assertThat(narrows("path_pattern = \"^/etcetera\"", "deny")).isFalse();
    assertThat(narrows("path_glob = \"/etc/**\"", "allow")).isFalse();
    assertThat(narrows("tool = \"write_file\", path_glob = \"/etc/**\"", "deny")).isFalse();
    assertThat(narrows("path_glob = \"~/**\"", "deny")).isFalse();
  }

  private static boolean narrows(String match, String action) {
    return engine(user(rule("r", match, action, 1))).narrowsBaseline();
  }

  private static Decision decide(PolicyEngine engine, Operation operation) {
    return engine.decide(operation, "/usr/bin/bash", new ScriptedSurroundings());
  }
}
