package dev.aegis.wire;

import java.util.Optional;

/** What the daemon says to a question. */
public enum Answer {
  DENY(0),
  ALLOW(1),
  /** A person must decide; the reporter becomes the gate and attaches. */
  HELD(2);

  private final int code;

  Answer(int code) {
    this.code = code;
  }

  /** Return the number on the wire. */
  public int code() {
    return code;
  }

  /** Find the answer with a wire number. */
  public static Optional<Answer> ofCode(int code) {
    return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
  }
}
