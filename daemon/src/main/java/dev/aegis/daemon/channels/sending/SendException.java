package dev.aegis.daemon.channels.sending;

import java.time.Duration;

/** A service refused a message or could not be reached; the text never holds a secret. */
public abstract class SendException extends Exception {

  private static final long serialVersionUID = 1;

  private final Reach reach;
  private final transient Duration retryAfter;

  /** What a failure says of later calls. */
  public enum Reach {
    /** The same call may succeed later. */
    PASSING,
    /** This chat, and no other, cannot be written to. */
    CHAT,
    /** The same call is of no use again. */
    CALL
  }

  protected SendException(Reach reach, Duration retryAfter, String message) {
    super(message);
    this.reach = reach;
    this.retryAfter = retryAfter;
  }

  /** Return how long the service wants to be left alone; zero when it did not say. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** Return what it says of later calls. */
  public Reach reach() {
    return reach;
  }
}
