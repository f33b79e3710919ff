package dev.aegis.policy.rules;

import dev.aegis.policy.OperationCount;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.meaning.Subject;

/**
 * Holds when a session has done too much of something in too short a time. Asked last, since to ask
 * is to count; only the daemon can tell.
 */
record RateCondition(OperationCount counted) implements Condition {
  @Override
  public boolean holds(Subject subject, Surroundings surroundings) {
    return surroundings.count(counted) > counted.moreThan();
  }
}
