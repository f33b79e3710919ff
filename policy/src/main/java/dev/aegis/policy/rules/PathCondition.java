package dev.aegis.policy.rules;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.meaning.Subject;
import dev.aegis.policy.snapshot.Approximation;
import dev.aegis.policy.snapshot.PathPattern;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Holds when one of some patterns matches the path of the object; where a rule restricts, also the
 * path that the program wrote.
 */
final class PathCondition implements Condition {
  private final List<Way> ways;
  private final boolean strict;

  /** One pattern: how it is matched, and what it may match in a session. */
  record Way(
      BiPredicate<String, Surroundings> matches, Function<Surroundings, Approximation> paths) {}

  PathCondition(List<Way> ways, boolean strict) {
    this.ways = List.copyOf(ways);
    this.strict = strict;
  }

  @Override
  public boolean holds(Subject subject, Surroundings s) {
    for (Way way : ways) {
      if ((!subject.path().isEmpty() && way.matches.test(subject.path(), s))
          || (strict && !subject.spelled().isEmpty() && way.matches.test(subject.spelled(), s))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Bearing bearing(Surroundings session) {
    List<Approximation> all = ways.stream().map(way -> way.paths.apply(session)).toList();
    Approximation any =
        new Approximation(
            new PathPattern.Choice(all.stream().map(Approximation::pattern).toList()),
            all.stream().allMatch(Approximation::exact));
    return new Bearing.Paths(any, strict);
  }
}
