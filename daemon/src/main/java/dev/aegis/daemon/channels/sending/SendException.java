package dev.aegis.daemon.channels.sending;

import java.time.Duration;

/** A service refused a message or could not be reached; the text never holds a secret. */
public abstract class SendException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Duration retryAfter;

  protected SendException(Duration retryAfter, String message) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** Return how long the service wants to be left alone; zero when it did not say. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** Tell whether the same call may succeed later. */
  public abstract boolean isPassing();

  /** Tell whether this chat, and no other, cannot be written to. */
  public abstract boolean isOfChat();
}
