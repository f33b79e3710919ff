package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.channels.sending.SendException;
import java.time.Duration;

/** The Bot API refused a call or could not be reached; the message never holds the token. */
final class BotException extends SendException {

  private static final long serialVersionUID = 1;

  /** What to do about it. */
  enum Kind {
    /** Wait as long as it says. */
    TOO_MANY(Reach.PASSING),
    /** Another program polls the same bot. */
    CONFLICT(Reach.CALL),
    /** The token is not one of a bot. */
    TOKEN(Reach.PASSING),
    /** This chat cannot be written to: the person never started the bot, or left. */
    CHAT(Reach.CHAT),
    /** The message is there no more. */
    GONE(Reach.CALL),
    /** Everything is as it should be already. */
    UNCHANGED(Reach.CALL),
    /** The call itself is wrong: trying it again is of no use. */
    REFUSED(Reach.CALL),
    /** No answer, or none that can be understood. */
    UNREACHABLE(Reach.PASSING);

    private final Reach reach;

    Kind(Reach reach) {
      this.reach = reach;
    }
  }

  private final Kind kind;

  BotException(Kind kind, Duration retryAfter, String message) {
    super(kind.reach, retryAfter, message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
