package dev.aegis.policy.rules;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.meaning.Subject;
import java.util.BitSet;
import java.util.Map;

/**
 * What is known of conditions when only the set of paths is known in which the object lies.
 *
 * @param conditions on paths
 * @param matched numbers of those whose sets hold the path
 * @param spelledOtherwise true when the program may have written any other path
 */
record KnownPath(
    Surroundings session,
    Map<Condition, OnPath> conditions,
    BitSet matched,
    boolean spelledOtherwise) {

  /**
   * One condition on paths.
   *
   * @param number of its set
   * @param exact true when its set holds no path for which it does not hold
   * @param spelledToo true when it may hold for the path that the program wrote
   */
  record OnPath(int number, boolean exact, boolean spelledToo) {}

  /** How sure it is that all conditions of a rule hold. */
  enum Holds {
    NEVER,
    PERHAPS,
    SURELY
  }

  Holds of(Rule rule, Subject subject) {
    Holds all = Holds.SURELY;
    for (Condition condition : rule.match().conditions()) {
      Holds one = of(condition, subject);
      if (one == Holds.NEVER) {
        return one;
      }
      all = one == Holds.PERHAPS ? one : all;
    }
    return all;
  }

  private Holds of(Condition condition, Subject subject) {
    OnPath path = conditions.get(condition);
    if (path == null) {
      return !(condition.bearing(session) instanceof Bearing.Meaning)
          ? Holds.PERHAPS
          : condition.holds(subject, session) ? Holds.SURELY : Holds.NEVER;
    }
    if (matched.get(path.number())) {
      return path.exact() ? Holds.SURELY : Holds.PERHAPS;
    }
    return spelledOtherwise && path.spelledToo() ? Holds.PERHAPS : Holds.NEVER;
  }
}
