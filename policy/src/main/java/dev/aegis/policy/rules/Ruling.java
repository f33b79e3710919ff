package dev.aegis.policy.rules;

import dev.aegis.policy.Verdict;

/**
 * What the rules say of one subject.
 *
 * @param rule that spoke; {@code baseline} or {@code default_action} when none did
 */
record Ruling(Verdict verdict, String rule, String reason, boolean oncePerSession) {
  static final Ruling BASELINE =
      new Ruling(Verdict.ALLOW, "baseline", "no program can start without it", false);

  static Ruling of(Rule rule) {
    return new Ruling(rule.verdict(), rule.name(), rule.reason(), rule.oncePerSession());
  }

  static Ruling byDefault(Verdict verdict) {
    return new Ruling(verdict, "default_action", "no rule matches", false);
  }
}
