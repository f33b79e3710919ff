package dev.aegis.policy.rules;

import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a load: an engine, or every problem that stands in its way.
 *
 * @param engine present only when there is no problem
 * @param problems in the order of the files
 * @param profile name of the shipped profile in force; {@code none} when it was dropped
 * @param ruleCount rules of all layers
 * @param defaultAction verdict when no rule matches
 * @param rules of all layers, in the order in which they speak
 * @param testCount tests that were run
 * @param warnings rules that never speak or contradict each other
 */
public record LoadedPolicy(
    Optional<PolicyEngine> engine,
    List<PolicyProblem> problems,
    String profile,
    int ruleCount,
    Verdict defaultAction,
    List<RuleSummary> rules,
    int testCount,
    List<PolicyProblem> warnings) {
  public LoadedPolicy {
    problems = List.copyOf(problems);
    rules = List.copyOf(rules);
    warnings = List.copyOf(warnings);
    if (engine.isPresent() != problems.isEmpty()) {
      throw new IllegalArgumentException("either an engine or problems");
    }
  }

  /** A policy that could not even be read. */
  public LoadedPolicy(
      Optional<PolicyEngine> engine,
      List<PolicyProblem> problems,
      String profile,
      int ruleCount,
      Verdict defaultAction) {
    this(engine, problems, profile, ruleCount, defaultAction, List.of(), 0, List.of());
  }

  /** Return the engine, or one that denies everything and says why. */
  public PolicyEngine orDenyAll() {
    return engine.orElseGet(() -> new DenyAllEngine(problems));
  }
}
