package dev.aegis.daemon.store;

import java.util.Locale;

/** Where the life of an approval stands. Every state but the first is final. */
public enum ApprovalState {
  PENDING,
  APPROVED,
  DENIED,
  EXPIRED,
  CANCELLED;

  /** Return the word that people, JSON and the database use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ApprovalState ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
