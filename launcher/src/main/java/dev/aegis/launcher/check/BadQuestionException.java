package dev.aegis.launcher.check;

/** A question that cannot be understood. */
public final class BadQuestionException extends Exception {

  private static final long serialVersionUID = 1L;

  BadQuestionException(String message) {
    super(message);
  }
}
