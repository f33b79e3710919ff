package dev.aegis.daemon.approvals;

/** Somebody who waits for an answer and will hear it once. */
@FunctionalInterface
public interface Waiter {

  /**
   * Hear the answer.
   *
   * @param approval in its final state
   * @param terms what was asked, as it was remembered
   */
  void settled(Approval approval, Terms terms);

  /** Tell whether the answer would still arrive. */
  default boolean isThere() {
    return true;
  }
}
