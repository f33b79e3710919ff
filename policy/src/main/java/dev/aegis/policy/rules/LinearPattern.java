package dev.aegis.policy.rules;

import com.google.re2j.Pattern;
import java.util.List;

/** A regular expression whose search takes time linear in the text, whatever both say. */
final class LinearPattern {
  private final Pattern automaton;
  private final List<String> literals;

  /**
   * Compile.
   *
   * @throws com.google.re2j.PatternSyntaxException for anything an automaton cannot do
   */
  LinearPattern(String regex) {
    automaton = Pattern.compile(regex);
    literals = RequiredLiterals.of(regex).orElse(List.of());
  }

  /** Tell whether it matches anywhere in the text. */
  boolean isFoundIn(String text) {
    return mayMatch(text) && automaton.matcher(text).find();
  }

  /**
   * Return the text that every match starts with when the expression begins with plain text, with
   * or without an anchor; else the empty string.
   */
  String literalStart() {
    String regex = automaton.pattern();
    int at = regex.startsWith("^") ? 1 : 0;
    StringBuilder text = new StringBuilder();
    while (at < regex.length()) {
      char c = regex.charAt(at);
      if (c == '\\'
          && at + 1 < regex.length()
          && !Character.isLetterOrDigit(regex.charAt(at + 1))) {
        text.append(regex.charAt(at + 1));
        at += 2;
      } else if (".[]()*+?{}|^$\\".indexOf(c) >= 0) {
        break;
      } else {
        text.append(c);
        at++;
      }
    }
    return text.toString();
  }

  private boolean mayMatch(String text) {
    if (literals.isEmpty()) {
      return true;
    }
    for (String literal : literals) {
      if (text.contains(literal)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return automaton.pattern();
  }
}
