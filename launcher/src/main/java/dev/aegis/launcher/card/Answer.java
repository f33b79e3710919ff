package dev.aegis.launcher.card;

/** What a person decided at the card. */
public enum Answer {
  /** Exactly this, once. */
  APPROVE_ONCE("approve", "once"),
  /** This and what has its shape, until the session ends. */
  APPROVE_SESSION("approve", "session"),
  /** Not this. */
  DENY("deny", "once");

  private final String decision;
  private final String scope;

  Answer(String decision, String scope) {
    this.decision = decision;
    this.scope = scope;
  }

  /** {@code approve} or {@code deny}, as the control socket spells it. */
  public String decision() {
    return decision;
  }

  /** {@code once} or {@code session}, as the control socket spells it. */
  public String scope() {
    return scope;
  }
}
