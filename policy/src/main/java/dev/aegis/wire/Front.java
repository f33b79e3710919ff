package dev.aegis.wire;

import java.util.Optional;

/** The way in which a reporter came to be in its process. */
public enum Front {
  PRELOAD(1),
  GATE(2),
  DISPATCH(3),
  LOADER(4),
  AGENT(5);

  private final int code;

  Front(int code) {
    this.code = code;
  }

  /** Return the number on the wire. */
  public int code() {
    return code;
  }

  /** Find the front with a wire number. */
  public static Optional<Front> ofCode(int code) {
    return code >= 1 && code <= values().length
        ? Optional.of(values()[code - 1])
        : Optional.empty();
  }
}
