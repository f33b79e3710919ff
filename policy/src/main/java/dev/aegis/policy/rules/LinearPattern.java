package dev.aegis.policy.rules;

import com.google.re2j.Pattern;
import dev.aegis.policy.snapshot.Approximation;
import dev.aegis.policy.snapshot.RegexPattern;
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

  /** Return the plain text that each alternative begins with, with or without an anchor. */
  List<String> literalStarts() {
    return alternatives().stream().map(LinearPattern::literalStart).toList();
  }

  private List<String> alternatives() {
    return List.of(automaton.pattern().split("\\|", -1));
  }

  private static String literalStart(String regex) {
    int at = 0;
    while (at < regex.length() && "^(".indexOf(regex.charAt(at)) >= 0) {
      at++;
    }
    StringBuilder text = new StringBuilder();
    while (at < regex.length()) {
      char c = regex.charAt(at);
      if (c == '\\'
          && at + 1 < regex.length()
          && !Character.isLetterOrDigit(regex.charAt(at + 1))) {
        text.append(regex.charAt(at + 1));
        at += 2;
      } else if (".[]()*+?{}^$\\".indexOf(c) >= 0) {
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

  /** Return the paths in which it may be found. */
  Approximation approximation() {
    return RegexPattern.of(automaton.pattern());
  }

  @Override
  public String toString() {
    return automaton.pattern();
  }
}
