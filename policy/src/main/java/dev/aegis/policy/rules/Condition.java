package dev.aegis.policy.rules;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.meaning.Subject;

/** One key of a rule's {@code match}. */
sealed interface Condition permits CategoryCondition, KeyCondition, PathCondition, RateCondition {
  boolean holds(Subject subject, Surroundings surroundings);

  /** Return what it looks at; a condition that does not say so makes every snapshot ask. */
  default Bearing bearing(Surroundings session) {
    return new Bearing.Anything();
  }
}
