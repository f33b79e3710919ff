package dev.aegis.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Operation;
import dev.aegis.policy.Decision;
import dev.aegis.policy.Operations;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policy of a project lies where the agent works: whatever changes it has to be asked. */
class ProjectFileTests {
  private static final String W = ScriptedSurroundings.WORKSPACE;
  private static final String FILE = W + "/.aegis/policy.toml";

  private final PolicyEngine engine = Policies.engine();

  static Operation[] changes() {
    return new Operation[] {
      Operations.write(FILE),
      Operations.delete(FILE),
      Operations.move(FILE, W + "/x"),
      Operations.move(W + "/x", FILE),
      Operations.move(W + "/.aegis", W + "/.off"),
      Operations.move(W + "/mine", W + "/.aegis"),
      Operations.write(W + "/.aegis"),
    };
  }

  @ParameterizedTest
  @MethodSource("changes")
  void every_change_asks(Operation change) {
    ScriptedSurroundings world = new ScriptedSurroundings();
    world.inGit(FILE);
    Decision decision = engine.decide(change, "/usr/bin/git", world);
    assertThat(decision.verdict()).isEqualTo(Verdict.REQUIRE_APPROVAL);
    assertThat(decision.categories()).extracting(Object::toString).contains("supervision.policy");
  }
}
