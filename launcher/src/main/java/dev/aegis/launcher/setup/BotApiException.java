package dev.aegis.launcher.setup;

/** The Bot API refused a call or could not be reached; the message never holds the token. */
public final class BotApiException extends Exception {

  private static final long serialVersionUID = 1L;

  static final int UNKNOWN_TOKEN = 401;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final int code;

  /**
   * A failure.
   *
   * @param code of the server, 0 when there was no answer
   */
  BotApiException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** Tell whether no bot has this token. */
  public boolean isUnknownToken() {
    return code == UNKNOWN_TOKEN || code == NOT_FOUND;
  }

  /** Tell whether another program, such as the running daemon, polls the same bot. */
  public boolean isConflict() {
    return code == CONFLICT;
  }

  /** Tell whether there was no answer at all. */
  public boolean isUnreachable() {
    return code == 0;
  }
}
