package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.channels.sending.SendException;
import java.time.Duration;

/** The Bot API refused a call or could not be reached; the message never holds the token. */
final class BotException extends SendException {

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

  BotException(Kind kind, Duration retryAfter, String message) {
    super(retryAfter, message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  @Override
  public boolean isPassing() {
    return kind == Kind.TOO_MANY || kind == Kind.UNREACHABLE || kind == Kind.TOKEN;
  }

  @Override
  public boolean isOfChat() {
    return kind == Kind.CHAT;
  }
}
