package dev.aegis.policy.rules;

import dev.aegis.operation.Risk;
import dev.aegis.policy.Verdict;
import java.util.Comparator;

/**
 * One rule of one layer.
 *
 * @param reason one line for people; never empty
 * @param priority lowest first
 * @param oncePerSession one approval lasts for the session
 * @param origin where it stands
 * @param upTo of a learned allow: the highest tier of risk that it may wave through
 */
record Rule(
    String name,
    Match match,
    Verdict verdict,
    int priority,
    String reason,
    boolean oncePerSession,
    Risk.Tier upTo,
    Origin origin) {

  /** Lowest priority first; among equals the stricter. */
  static final Comparator<Rule> ORDER =
      Comparator.comparingInt(Rule::priority)
          .thenComparing(Rule::verdict, Comparator.reverseOrder());

  RuleSummary summary(Layer layer) {
    return new RuleSummary(layer, name, priority, verdict, reason, origin.file(), origin.line());
  }

  boolean narrowsBaseline() {
    return match.namesBaseline() && verdict != Verdict.ALLOW;
  }
}
