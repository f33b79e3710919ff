package dev.aegis.policy.rules;

import java.util.Locale;

/** Where a rule comes from; an earlier layer is asked before a later one. */
public enum Layer {
  /** {@code .aegis/policy.toml} of a workspace: may only tighten. */
  PROJECT,
  /** The same, after the user has read it and trusts it: speaks like any other layer. */
  TRUSTED_PROJECT,
  /** {@code policy.toml} of the user. */
  USER,
  /** {@code policy.d/*.toml}: written from approvals. */
  LEARNED,
  /** Shipped with Aegis. */
  PROFILE;

  /** Return the word that people see. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Tell whether it comes with a workspace. */
  public boolean isOfProject() {
    return this == PROJECT || this == TRUSTED_PROJECT;
  }
}
