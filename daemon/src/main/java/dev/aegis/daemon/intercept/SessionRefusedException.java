package dev.aegis.daemon.intercept;

/** A session cannot be opened, started or found; the message says why and what to do. */
public final class SessionRefusedException extends Exception {

  private static final long serialVersionUID = 1;

  /** Create one with a message for people. */
  public SessionRefusedException(String message) {
    super(message);
  }

  /** Create one with a message for people and what caused it. */
  public SessionRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
