package dev.aegis.daemon.approvals;

import java.time.Duration;
import java.util.Optional;

/**
 * What a person said to a question.
 *
 * @param id of the approval
 * @param approve false to deny
 * @param scope of an approval; of a denial always once
 * @param time how long it holds, of an approval for some minutes; else zero
 * @param by who said it
 * @param channel {@code cli}, {@code terminal}, {@code telegram} …
 */
public record Answered(
    long id,
    boolean approve,
    Scope scope,
    Duration time,
    Answerer by,
    String channel,
    Optional<String> reason) {

  /** The longest that an approval for some minutes holds. */
  public static final Duration LONGEST = Duration.ofHours(12);

  public Answered {
    boolean timed = approve && scope == Scope.MINUTES;
    if (timed == time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "an approval " + scope.label() + " cannot hold for " + time);
    }
  }

  /** An approval: once, for the session, or always. */
  public static Answered yes(long id, Scope scope, Answerer by, String channel) {
    return new Answered(id, true, scope, Duration.ZERO, by, channel, Optional.empty());
  }

  /** An approval of everything of the same shape for a time. */
  public static Answered yesFor(long id, Duration time, Answerer by, String channel) {
    return new Answered(id, true, Scope.MINUTES, time, by, channel, Optional.empty());
  }

  /** A denial. */
  public static Answered no(long id, Answerer by, String channel, Optional<String> reason) {
    return new Answered(id, false, Scope.ONCE, Duration.ZERO, by, channel, reason);
  }

  /** The same answer in the name of several people, no wider than any of them gave it. */
  Answered together(Scope narrowest, Duration shortest, String names) {
    return new Answered(
        id,
        approve,
        narrowest,
        shortest,
        new Answerer(by.key(), names, by.role()),
        channel,
        reason);
  }
}
