package dev.aegis.daemon.api;

/** A call that is answered with an error. */
final class RefusedCall extends Exception {

  private static final long serialVersionUID = 1L;

  static final int GENERAL = 1;
  static final int PERMISSION = 5;
  static final int SECURITY = 6;
  static final int STATE = 8;

  private final int code;

  /**
   * Refuse.
   *
   * @param code exit code of the command line
   * @param message one line a person can act on
   */
  RefusedCall(int code, String message) {
    super(message);
    this.code = code;
  }

  RefusedCall(int code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  int code() {
    return code;
  }
}
