package dev.aegis.daemon.audit;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Takes words out of a text that look drawn at random from letters of both cases and digits, as
 * keys are and names are not. Hexadecimal words (hashes, identifiers of objects) stay.
 */
final class Randomness {

  /* Of two words as random as a key, one in ten million is shorter in entropy than this. */
  private static final double BITS_A_CHARACTER = 3.7;
  private static final double TURNS = 0.42;
  private static final int LEAST_DIGITS = 2;
  private static final int OTHER = 3;
  private static final int LETTERS_A_SEPARATOR = 12;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+_=-]{24,}");

  private Randomness() {}

  static String takenOut(String text) {
    Matcher words = WORD.matcher(text);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    while (words.find()) {
      if (isRandom(words.group())) {
        out.append(text.substring(copied, words.start())).append(SecretForm.MARK);
        copied = words.end();
      }
    }
    return copied == 0 ? text : out.append(text.substring(copied)).toString();
  }

  private static boolean isRandom(String word) {
    int[] ofKind = new int[OTHER + 1];
    int turns = 0;
    int before = OTHER;
    for (int i = 0; i < word.length(); i++) {
      int kind = kind(word.charAt(i));
      ofKind[kind]++;
      turns += kind != before && kind != OTHER && before != OTHER ? 1 : 0;
      before = kind;
    }
    return ofKind[0] >= LEAST_DIGITS
        && ofKind[1] > 0
        && ofKind[2] > 0
        && ofKind[OTHER] * LETTERS_A_SEPARATOR <= word.length()
        && turns >= TURNS * (word.length() - 1)
        && entropy(word) >= BITS_A_CHARACTER;
  }

  private static int kind(char c) {
    if (c >= '0' && c <= '9') {
      return 0;
    }
    if (c >= 'A' && c <= 'Z') {
      return 1;
    }
    return c >= 'a' && c <= 'z' ? 2 : OTHER;
  }

  private static double entropy(String word) {
    int[] counts = new int[128];
    word.chars().forEach(c -> counts[c]++);
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / word.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
