package dev.aegis.policy.rules;

import dev.aegis.policy.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * One policy file, read.
 *
 * @param profile what {@code extends} says
 */
record PolicyDocument(
    Layer layer,
    Optional<Verdict> defaultAction,
    Optional<String> profile,
    List<Rule> rules,
    List<RuleTest> tests) {
  PolicyDocument {
    rules = List.copyOf(rules);
    tests = List.copyOf(tests);
  }
}
