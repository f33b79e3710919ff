package dev.aegis.policy.rules;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.meaning.Subject;
import java.util.List;

/** Holds when the subject has a category of one of some families; asked of most rules. */
final class CategoryCondition implements Condition {
  private final String[] families;

  CategoryCondition(List<String> families) {
    this.families = families.toArray(String[]::new);
  }

  @Override
  public Bearing bearing(Surroundings session) {
    return new Bearing.Meaning();
  }

  @Override
  public boolean holds(Subject subject, Surroundings surroundings) {
    for (String family : families) {
      if (subject.meaning().isWithin(family)) {
        return true;
      }
    }
    return false;
  }
}
