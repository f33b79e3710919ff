package dev.aegis.policy.meaning;

import dev.aegis.operation.Category;
import dev.aegis.operation.Risk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one subject means: its categories and its risk.
 *
 * @param categories never changed after construction
 * @param risk with the reasons that make it up
 */
public record Meaning(SortedSet<Category> categories, Risk risk) {
  /** No category, no risk. */
  public static final Meaning NONE = new Meaning(Collections.emptySortedSet(), Risk.NONE);

  public Meaning {
    categories = Collections.unmodifiableSortedSet(categories);
  }

  /** Make a meaning of one category. */
  static Meaning of(String category, int score, String reason) {
    return new Meaning(
        new TreeSet<>(List.of(new Category(category))),
        new Risk(score, reason.isEmpty() ? List.of() : List.of(reason)));
  }

  /** Return both meanings in one: all categories, the higher risk, the reasons of both. */
  public Meaning and(Meaning other) {
    if (equals(NONE)) {
      return other;
    }
    if (other.equals(NONE)) {
      return this;
    }
    SortedSet<Category> all = new TreeSet<>(categories);
    all.addAll(other.categories);
    boolean first = risk.score() >= other.risk.score();
    Risk higher = first ? risk : other.risk;
    Risk lower = first ? other.risk : risk;
    List<String> reasons = new ArrayList<>(higher.reasons());
    lower.reasons().stream().filter(r -> !reasons.contains(r)).forEach(reasons::add);
    return new Meaning(all, new Risk(higher.score(), reasons));
  }

  /** Tell whether some category is {@code general} or a special case of it. */
  public boolean isWithin(String general) {
    for (Category category : categories) {
      String name = category.name();
      if (name.startsWith(general)
          && (name.length() == general.length() || name.charAt(general.length()) == '.')) {
        return true;
      }
    }
    return false;
  }
}
