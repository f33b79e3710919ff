package dev.aegis.policy.rules;

import dev.aegis.operation.Operation;
import dev.aegis.operation.Risk;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** The engine of a policy that could not be loaded: no to everything, with the first problem. */
final class DenyAllEngine implements PolicyEngine {
  private final String reason;

  DenyAllEngine(List<PolicyProblem> problems) {
    reason = "the policy cannot be loaded: " + problems.get(0);
  }

  @Override
  public Decision decide(Operation operation, String program, Surroundings surroundings) {
    Decision.Step step =
        new Decision.Step(
            operation.kind().tool(),
            Verdict.DENY,
            "broken-policy",
            reason,
            Risk.NONE,
            Collections.emptySortedSet());
    return new Decision(
        step.verdict(), step.rule(), reason, Risk.NONE, new TreeSet<>(), List.of(step));
  }

  @Override
  public boolean narrowsBaseline() {
    return true;
  }
}
