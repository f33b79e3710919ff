package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.recent.LatestEntries;
import dev.aegis.policy.OperationCount;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often a session has done what rules with a rate count. Of each rule only as many moments are
 * kept as it needs, and of rules that nobody asks about any more none. Thread-safe.
 */
final class OperationCounts {

  /* More than a policy may have, so that only rules of earlier policies are forgotten. */
  private static final int MOST_RULES = 256;

  private final LongSupplier nanoTime;
  private final Map<OperationCount, Moments> byRule = LatestEntries.used(MOST_RULES);

  /**
   * Counts that begin at nothing.
   *
   * @param nanoTime a clock that never jumps
   */
  OperationCounts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Count one more, and return how many there were within the window, this one included. */
  synchronized int count(OperationCount counted) {
    return byRule
        .computeIfAbsent(counted, rule -> new Moments(rule.moreThan() + 1))
        .add(
            nanoTime.getAsLong(),
            counted.window().map(window -> window.toNanos()).orElse(Long.MAX_VALUE));
  }
}
