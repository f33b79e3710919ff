package dev.aegis.launcher;

/** A call that the daemon refused, or that never reached it, with the exit code that says so. */
public final class ControlException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Exit code of the command line for an unspecific error. */
  static final int GENERAL = 1;

  /** Exit code of the command line when something that Aegis needs is not there. */
  static final int ENVIRONMENT = 3;

  private final int exitCode;

  /**
   * A failure.
   *
   * @param exitCode 1 to 8, as the command line reference numbers them
   * @param message one line a person can act on
   */
  public ControlException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** A failure with what caused it. */
  public ControlException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Return the exit code that the command line ends with. */
  public int exitCode() {
    return exitCode;
  }
}
