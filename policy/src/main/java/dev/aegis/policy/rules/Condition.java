package dev.aegis.policy.rules;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.meaning.Subject;

/** One key of a rule's {@code match}. */
sealed interface Condition permits CategoryCondition, KeyCondition, RateCondition {
  boolean holds(Subject subject, Surroundings surroundings);
}
