package dev.aegis.operation;

import java.util.Optional;

/** How well one process is supervised, weakest first. */
public enum Coverage {
  NONE(0, "none"),
  EXEC(1, "exec"),
  LIBC(2, "libc"),
  LIBC_RAW(3, "libc+raw"),
  EVERY_CALL(4, "every-call");

  private final int code;
  private final String label;

  Coverage(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** Return the number on the wire. */
  public int code() {
    return code;
  }

  /** Return the word that people and JSON see. */
  public String label() {
    return label;
  }

  /** Find the coverage with a wire number. */
  public static Optional<Coverage> ofCode(int code) {
    return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
  }
}
