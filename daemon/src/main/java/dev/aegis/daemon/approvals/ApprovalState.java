package dev.aegis.daemon.approvals;

import java.util.Locale;

/** Where an approval stands in its life; every state but PENDING is final. */
public enum ApprovalState {
  PENDING,
  APPROVED,
  DENIED,
  /** Nobody answered in time. */
  EXPIRED,
  /** What was asked for went away: its process ended, or it changed after it was asked. */
  CANCELLED;

  /** Return the word that people, the database and JSON see. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Return the state with a word of {@link #label}. */
  public static ApprovalState ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
