package dev.aegis.daemon.approvals;

import java.util.Locale;

/** How far an approval reaches. */
public enum Scope {
  /** Exactly this operation, and the steps that it was shown to consist of. */
  ONCE,
  /** Operations of the same shape until the session ends. */
  SESSION;

  /** Return the word that people, the database and JSON see. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Return the scope with a word of {@link #label}. */
  public static Scope ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
