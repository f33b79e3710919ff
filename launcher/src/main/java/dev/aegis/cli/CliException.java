package dev.aegis.cli;

/** A reason why a command ends without success, with the exit code that says so. */
final class CliException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * A failure.
   *
   * @param exitCode one of {@link ExitCode}
   * @param message lines a person can act on
   */
  CliException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** A failure with what caused it. */
  CliException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
