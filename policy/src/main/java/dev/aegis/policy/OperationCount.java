package dev.aegis.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * What a rule with a {@code rate} counts: the operations of one session that reach it.
 *
 * @param rule the rule, told from all others; another file or name counts anew
 * @param moreThan the rule speaks once there are more, 1 to {@link #MOST}
 * @param window how far back is counted; empty for the whole session
 */
public record OperationCount(String rule, int moreThan, Optional<Duration> window) {
  /** The highest number that can be told apart. */
  public static final int MOST = 10_000;
}
