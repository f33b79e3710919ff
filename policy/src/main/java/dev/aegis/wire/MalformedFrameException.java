package dev.aegis.wire;

/** A frame that is not as the protocol says; its connection cannot be trusted any further. */
public final class MalformedFrameException extends Exception {

  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  MalformedFrameException(Refusal refusal, String detail) {
    super(refusal.label() + ": " + detail);
    this.refusal = refusal;
  }

  /** Return the rule of the protocol that was broken. */
  public Refusal refusal() {
    return refusal;
  }
}
