package dev.aegis.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Operation;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.Verdict;

/** What one profile says of operations in a written-down world, which starts out empty. */
abstract class ProfileTrial {
  final ScriptedSurroundings world = new ScriptedSurroundings();

  /** The program that asks. */
  String program = "/usr/bin/cat";

  private final PolicyEngine engine;

  ProfileTrial(PolicyEngine engine) {
    this.engine = engine;
  }

  PolicyEngine engine() {
    return engine;
  }

  Decision says(Operation operation, Verdict verdict) {
    Decision decision = engine.decide(operation, program, world);
    assertThat(decision.verdict()).as("%s: %s", operation, decision).isEqualTo(verdict);
    assertThat(decision.reason()).isNotBlank();
    return decision;
  }
}
