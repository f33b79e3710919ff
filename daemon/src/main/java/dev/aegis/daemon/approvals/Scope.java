package dev.aegis.daemon.approvals;

import java.util.Locale;

/** How far an approval reaches, narrowest first. */
public enum Scope {
  /** Exactly this operation, and the steps that it was shown to consist of. */
  ONCE,
  /** Operations of the same shape in this session, for some minutes. */
  MINUTES,
  /** Operations of the same shape until the session ends. */
  SESSION,
  /** Operations of the same shape in every session of the same wrapped program. */
  ALWAYS;

  /** Return the word that people, the database and JSON see. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Return the scope with a word of {@link #label}. */
  public static Scope ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** Tell whether later operations of the same shape are covered too. */
  public boolean isLasting() {
    return this != ONCE;
  }
}
