package dev.aegis.policy.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggestions for misspelt words. */
final class Spelling {
  private Spelling() {}

  /** Return the nearest of the known words, if it is near enough to be meant. */
  static Optional<String> nearest(String word, Collection<String> known) {
    String wanted = word.toLowerCase(Locale.ROOT).replace('-', '_');
    int limit = wanted.length() < 4 ? 1 : Math.max(2, wanted.length() / 3);
    return known.stream()
        .filter(
            k -> Math.abs(k.length() - wanted.length()) <= limit && distance(k, wanted) <= limit)
        .min(Comparator.comparingInt(k -> distance(k, wanted)));
  }

  /** Return {@code (did you mean "x"?)} or nothing. */
  static String hint(String word, Collection<String> known) {
    return nearest(word, known).map(k -> "; did you mean \"" + k + "\"?").orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
