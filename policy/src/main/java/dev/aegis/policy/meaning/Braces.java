package dev.aegis.policy.meaning;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes out the alternatives of a glob: {@code a{b,c}} is {@code ab} and {@code ac}.
 *
 * <p>Each alternative has a longer plain beginning or a plain name, and so is found or refused by a
 * comparison of text.
 */
final class Braces {
  private Braces() {}

  static List<String> expand(String glob) {
    int open = glob.indexOf('{');
    if (open < 0 || glob.startsWith("${", Math.max(0, open - 1))) {
      return List.of(glob);
    }
    List<String> all = new ArrayList<>();
    int depth = 0;
    int from = open + 1;
    int at = open;
    do {
      char c = glob.charAt(at);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if ((c == ',' && depth == 1) || depth == 0) {
        all.add(glob.substring(from, at));
        from = at + 1;
      }
      at++;
    } while (depth > 0);
    String before = glob.substring(0, open);
    String after = glob.substring(at);
    return all.stream().flatMap(one -> expand(before + one + after).stream()).toList();
  }
}
