package dev.aegis.config;

import java.util.Arrays;
import java.util.Optional;

/** What a person may do about approvals, least first. */
public enum Role implements ValueKind.Worded {
  /** Look at what is pending and what was decided. */
  VIEWER("viewer"),
  /** Also deny, and approve once or for the session. */
  APPROVER("approver"),
  /** Also approve for longer, and pause all sessions. */
  ADMIN("admin");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }

  /** Tell whether this role may do what another one may. */
  public boolean isAtLeast(Role other) {
    return compareTo(other) >= 0;
  }

  /** Find the role of a word. */
  public static Optional<Role> ofWord(String word) {
    return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
  }
}
