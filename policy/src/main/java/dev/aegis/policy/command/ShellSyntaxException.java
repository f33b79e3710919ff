package dev.aegis.policy.command;

/** A script that is not understood, with the reason for people. */
final class ShellSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  ShellSyntaxException(String message) {
    super(message, null, false, false);
  }
}
