package dev.aegis.daemon.channels.telegram;

import java.time.Duration;

/** The Bot API refused a call or could not be reached; the message never holds the token. */
final class BotException extends Exception {

  private static final long serialVersionUID = 1;

  /** What to do about it. */
  enum Kind {
    /** Wait as long as it says. */
    TOO_MANY,
    /** Another program polls the same bot. */
    CONFLICT,
    /** The token is not one of a bot. */
    TOKEN,
    /** This chat cannot be written to: the person never started the bot, or left. */
    CHAT,
    /** The message is there no more. */
    GONE,
    /** Everything is as it should be already. */
    UNCHANGED,
    /** The call itself is wrong: trying it again is of no use. */
    REFUSED,
    /** No answer, or none that can be understood. */
    UNREACHABLE
  }

  private final Kind kind;
  private final transient Duration retryAfter;

  BotException(Kind kind, Duration retryAfter, String message) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  Kind kind() {
    return kind;
  }

  /** Return how long the server wants to be left alone; zero when it did not say. */
  Duration retryAfter() {
    return retryAfter;
  }

  /** Tell whether the same call may succeed later. */
  boolean isPassing() {
    return kind == Kind.TOO_MANY || kind == Kind.UNREACHABLE || kind == Kind.TOKEN;
  }
}
