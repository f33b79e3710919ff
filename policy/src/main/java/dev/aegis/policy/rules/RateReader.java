package dev.aegis.policy.rules;

import dev.aegis.policy.OperationCount;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code rate} of a match: more than so many, in so many seconds. */
final class RateReader {
  private static final Set<String> KEYS = Set.of("more_than", "seconds");
  private static final int LONGEST_SECONDS = 86_400;

  private RateReader() {}

  /**
   * Read.
   *
   * @param rule tells the rule from all others
   */
  static Optional<OperationCount> read(TableReader table, String rule) {
    table.refuseOthersThan(KEYS);
    if (!table.has("more_than")) {
      table
          .problems()
          .add(
              table.start(),
              "rate has no \"more_than\"; expected { more_than = 20, seconds = 60 }");
    }
    Optional<Integer> most = table.integer("more_than", 1, OperationCount.MOST);
    Optional<Integer> seconds = table.integer("seconds", 1, LONGEST_SECONDS);
    return most.map(n -> new OperationCount(rule, n, seconds.map(Duration::ofSeconds)));
  }
}
