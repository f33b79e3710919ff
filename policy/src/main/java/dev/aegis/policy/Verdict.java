package dev.aegis.policy;

import java.util.Locale;

/** What a policy answers, mildest first. */
public enum Verdict {
  ALLOW,
  REQUIRE_APPROVAL,
  DENY;

  /** Return the word that rules, people and JSON use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Return the stricter of two. */
  public static Verdict stricter(Verdict a, Verdict b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
