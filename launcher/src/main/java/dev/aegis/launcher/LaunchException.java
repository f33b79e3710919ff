package dev.aegis.launcher;

/** A reason why a wrapped run could not start or go on, with the exit code that says so. */
public final class LaunchException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * A failure.
   *
   * @param exitCode the exit code of the command line, 1 to 8, or 126 and 127 as a shell uses them
   * @param message one line a person can act on
   */
  public LaunchException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** A failure with what caused it. */
  public LaunchException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The exit code that the command line ends with. */
  public int exitCode() {
    return exitCode;
  }
}
