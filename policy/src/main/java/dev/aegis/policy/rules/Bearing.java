package dev.aegis.policy.rules;

import dev.aegis.policy.snapshot.Approximation;

/** What a condition looks at, as far as operations on files are concerned. */
sealed interface Bearing {

  /** More than this, or it is not known what: it may hold or not. */
  record Anything() implements Bearing {}

  /** At what is the same for every operation of its kind and meaning in a session. */
  record Meaning() implements Bearing {}

  /**
   * At the path alone.
   *
   * @param paths where it may hold
   * @param spelledToo true when it holds, too, where the path that the program wrote is one of
   *     these
   */
  record Paths(Approximation paths, boolean spelledToo) implements Bearing {}
}
