package dev.aegis.policy.snapshot;

/**
 * What a condition on a path may match: never less than it does.
 *
 * @param pattern every path that the condition matches, perhaps others
 * @param exact true when there are no others
 */
public record Approximation(PathPattern pattern, boolean exact) {

  /** All paths: nothing is known of the condition. */
  public static final Approximation UNKNOWN = new Approximation(PathPattern.ANYTHING, false);
}
