package dev.aegis.policy.snapshot;

/** An automaton would pass its bounds; without it everything is asked. */
public final class TooLargeException extends Exception {
  private static final long serialVersionUID = 1;

  TooLargeException(String what) {
    super(what);
  }
}
