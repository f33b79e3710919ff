package dev.aegis.operation;

import java.util.Optional;
import java.util.stream.Stream;

/** What a session asks of the native side, weakest first. */
public enum Supervision {
  /** The preloaded library alone. */
  LIBC("libc"),
  /** The library, the trap for raw system calls, the loader for programs that it cannot reach. */
  HYBRID("hybrid"),
  /** Every program in the loader. */
  FULL("full");

  private final String label;

  Supervision(String label) {
    this.label = label;
  }

  /** Return the word that people and JSON see. */
  public String label() {
    return label;
  }

  /** Find the supervision that people call so. */
  public static Optional<Supervision> ofLabel(String label) {
    return Stream.of(values()).filter(level -> level.label.equals(label)).findFirst();
  }
}
