package dev.aegis.policy.meaning;

import dev.aegis.operation.Category;
import dev.aegis.operation.Risk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one subject means: its categories and its risk. Never changes. */
public final class Meaning {
  /** No category, no risk. */
  public static final Meaning NONE = new Meaning(Collections.emptySortedSet(), Risk.NONE);

  private final SortedSet<Category> categories;
  private final String[] names;
  private final Risk risk;

  Meaning(SortedSet<Category> categories, Risk risk) {
    this.categories = Collections.unmodifiableSortedSet(categories);
    this.names = categories.stream().map(Category::name).toArray(String[]::new);
    this.risk = risk;
  }

  /** Return the categories. */
  public SortedSet<Category> categories() {
    return categories;
  }

  /** Return the risk, with the reasons that make it up. */
  public Risk risk() {
    return risk;
  }

  /** Make a meaning of one category. */
  static Meaning of(String category, int score, String reason) {
    return new Meaning(
        new TreeSet<>(List.of(new Category(category))),
        new Risk(score, reason.isEmpty() ? List.of() : List.of(reason)));
  }

  /** Return both meanings in one: all categories, the higher risk, the reasons of both. */
  public Meaning and(Meaning other) {
    if (isNothing()) {
      return other;
    }
    if (other.isNothing()) {
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
    for (String name : names) {
      if (name.startsWith(general)
          && (name.length() == general.length() || name.charAt(general.length()) == '.')) {
        return true;
      }
    }
    return false;
  }

  private boolean isNothing() {
    return names.length == 0 && risk.score() == 0;
  }
}
