package dev.aegis.operation;

import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel refuses a session, whatever its programs do. */
public enum Floor {
  /** Nothing beyond what it refuses the user. */
  NONE("none"),
  /** Signals, tracing and sockets with abstract names end at the session. */
  SCOPE("scope");

  private final String label;

  Floor(String label) {
    this.label = label;
  }

  /** Return the word that people and JSON see. */
  public String label() {
    return label;
  }

  /** Find the floor that people call so. */
  public static Optional<Floor> ofLabel(String label) {
    return Stream.of(values()).filter(floor -> floor.label.equals(label)).findFirst();
  }
}
