package dev.aegis.policy.rules;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.meaning.Subject;
import java.util.function.BiPredicate;

/**
 * Holds when one key of a match does.
 *
 * @param key as it stands in the file
 */
record KeyCondition(String key, BiPredicate<Subject, Surroundings> test) implements Condition {
  @Override
  public boolean holds(Subject subject, Surroundings surroundings) {
    return test.test(subject, surroundings);
  }

  /** But for the program that asks, a file has nothing of its own that a key looks at. */
  @Override
  public Bearing bearing(Surroundings session) {
    return key.equals("program") ? new Bearing.Anything() : new Bearing.Meaning();
  }
}
