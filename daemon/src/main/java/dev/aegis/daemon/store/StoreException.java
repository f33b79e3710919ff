package dev.aegis.daemon.store;

/**
 * The database could not do what was asked; nothing may be decided on its word. The command line
 * ends with exit code 8.
 */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Exit code of the command line for corrupt state. */
  public static final int EXIT_CODE = 8;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
