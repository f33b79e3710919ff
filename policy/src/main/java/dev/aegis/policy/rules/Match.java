package dev.aegis.policy.rules;

import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.meaning.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a rule is about: all conditions must hold.
 *
 * @param kinds kinds of operation the rule can match
 * @param conditions cheapest first
 * @param namesBaseline true when a path is written out that lies in the baseline
 * @param written keys and values as they stand in the file
 */
record Match(
    Set<OperationKind> kinds,
    List<Condition> conditions,
    boolean namesBaseline,
    Map<String, List<String>> written) {
  Match {
    written = Map.copyOf(written);
    kinds = Set.copyOf(kinds);
    conditions = List.copyOf(conditions);
  }

  boolean holds(Subject subject, Surroundings surroundings) {
    for (Condition condition : conditions) {
      if (!condition.holds(subject, surroundings)) {
        return false;
      }
    }
    return true;
  }
}
