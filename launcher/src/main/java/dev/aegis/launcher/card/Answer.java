package dev.aegis.launcher.card;

import java.time.Duration;

/** What a person decided at the card. */
public enum Answer {
  /** Exactly this, once. */
  APPROVE_ONCE("approve", "once", Duration.ZERO),
  /** This and what has its shape, until the session ends. */
  APPROVE_SESSION("approve", "session", Duration.ZERO),
  /** This and what has its shape, for ten minutes. */
  APPROVE_TEN_MINUTES("approve", "minutes", Duration.ofMinutes(10)),
  /** This and what has its shape, for an hour. */
  APPROVE_HOUR("approve", "minutes", Duration.ofHours(1)),
  /** This and what has its shape, in every session of the wrapped program. */
  APPROVE_ALWAYS("approve", "always", Duration.ZERO),
  /** Not this. */
  DENY("deny", "once", Duration.ZERO);

  private final String decision;
  private final String scope;
  private final Duration time;

  Answer(String decision, String scope, Duration time) {
    this.decision = decision;
    this.scope = scope;
    this.time = time;
  }

  /** {@code approve} or {@code deny}, as the control socket spells it. */
  public String decision() {
    return decision;
  }

  /** {@code once}, {@code minutes}, {@code session} or {@code always}, as on the control socket. */
  public String scope() {
    return scope;
  }

  /** How long it holds, of an answer for some minutes; else zero. */
  public Duration time() {
    return time;
  }
}
