package dev.aegis.operation;

import java.util.List;
import java.util.Locale;

/**
 * How bad an operation would be if it were a mistake.
 *
 * @param score 0 to 100
 * @param reasons what makes up the score, one line each
 */
public record Risk(int score, List<String> reasons) {
  /** No risk worth a word. */
  public static final Risk NONE = new Risk(0, List.of());

  public Risk {
    if (score < 0 || score > 100) {
      throw new IllegalArgumentException("risk score out of 0..100: " + score);
    }
    reasons = List.copyOf(reasons);
  }

  /** Return the tier: low below 25, medium below 50, high below 80, else critical. */
  public Tier tier() {
    return score < 25
        ? Tier.LOW
        : score < 50 ? Tier.MEDIUM : score < 80 ? Tier.HIGH : Tier.CRITICAL;
  }

  /** A band of risk scores. */
  public enum Tier {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** Return the word that rules, people and JSON use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
