package dev.aegis.daemon.channels.whatsapp;

import dev.aegis.daemon.channels.sending.SendException;
import java.time.Duration;

/** The Cloud API refused a call or could not be reached; the message never holds the token. */
final class CloudException extends SendException {

  private static final long serialVersionUID = 1;

  /** What to do about it. */
  enum Kind {
    /** Wait as long as it says. */
    TOO_MANY(Reach.PASSING),
    /** The access token is not valid, or lacks a right. */
    TOKEN(Reach.PASSING),
    /** The person has not written for a day, so nothing may be sent to them. */
    SILENT(Reach.CHAT),
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

  CloudException(Kind kind, Duration retryAfter, String message) {
    super(kind.reach, retryAfter, message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
