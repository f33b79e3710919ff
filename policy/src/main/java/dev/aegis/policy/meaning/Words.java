package dev.aegis.policy.meaning;

/** Matches words against patterns in which {@code *}, {@code ?} and {@code […]} are special. */
final class Words {
  private Words() {}

  /** Match a pattern with at most one {@code *} and nothing else special. */
  static boolean matches(String pattern, String word) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(word);
    }
    String head = pattern.substring(0, star);
    String tail = pattern.substring(star + 1);
    return word.length() >= head.length() + tail.length()
        && word.startsWith(head)
        && word.endsWith(tail);
  }

  /** Match as a shell does; a slash is matched by a slash alone. Linear in the longer of both. */
  static boolean matchesPattern(String pattern, String word) {
    int p = 0;
    int w = 0;
    int star = -1;
    int mark = 0;
    while (w < word.length()) {
      int width = p < pattern.length() ? one(pattern, p, word.charAt(w)) : 0;
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = w;
      } else if (width > 0) {
        p += width;
        w++;
      } else if (star >= 0 && word.charAt(mark) != '/') {
        p = star + 1;
        w = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Return how much of a pattern one character takes; 0 when it does not match. */
  private static int one(String pattern, int at, char c) {
    char special = pattern.charAt(at);
    if (special == '[') {
      int end = pattern.indexOf(']', at + 2);
      if (end > 0) {
        return c != '/' && holds(pattern.substring(at + 1, end), c) ? end - at + 1 : 0;
      }
    }
    return special == c || (special == '?' && c != '/') ? 1 : 0;
  }

  private static boolean holds(String set, char c) {
    boolean negated = set.startsWith("!") || set.startsWith("^");
    boolean found = false;
    for (int i = negated ? 1 : 0; i < set.length(); i++) {
      boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
      if (range) {
        found |= c >= set.charAt(i) && c <= set.charAt(i + 2);
        i += 2;
      } else {
        found |= set.charAt(i) == c;
      }
    }
    return found != negated;
  }
}
