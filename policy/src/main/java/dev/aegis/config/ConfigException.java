package dev.aegis.config;

/** A complaint about configuration that a person can act on: where, what, and what to do. */
public final class ConfigException extends Exception {

  /** Exit code of the command line for a configuration error. */
  public static final int CONFIGURATION = 2;

  /** Exit code of the command line for a permission error. */
  public static final int PERMISSION = 5;

  private final int exitCode;

  /** Complain with exit code 2. */
  public ConfigException(String message) {
    this(CONFIGURATION, message);
  }

  /**
   * Complain with an exit code.
   *
   * @param exitCode {@link #CONFIGURATION} or {@link #PERMISSION}
   */
  public ConfigException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Return the exit code that the command line ends with. */
  public int exitCode() {
    return exitCode;
  }
}
