package dev.aegis.policy.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The texts of which at least one stands in everything that a regular expression matches.
 *
 * <p>Looking for a few words is a hundred times cheaper than running an automaton over a path, and
 * nearly every path has none of them. Where the expression is not plainly understood there is no
 * answer, and the automaton runs.
 */
final class RequiredLiterals {
  private final String regex;
  private final List<String> found = new ArrayList<>();
  private final StringBuilder run = new StringBuilder();
  private String longest = "";
  private int at;

  private RequiredLiterals(String regex) {
    this.regex = regex;
  }

  /** Return the texts, or empty when none can be told for sure. */
  static Optional<List<String>> of(String regex) {
    return new RequiredLiterals(regex).extract();
  }

  private Optional<List<String>> extract() {
    while (at < regex.length()) {
      char c = regex.charAt(at);
      if (c == '|') {
        at++;
        if (!endAlternative()) {
          return Optional.empty();
        }
      } else if (c == '(' || c == ')' || c == '*' || c == '+' || c == '?' || c == '{') {
        return Optional.empty();
      } else if (c == '[') {
        if (!skipClass()) {
          return Optional.empty();
        }
        endRun();
        skipRepetition();
      } else if (c == '.' || c == '^' || c == '$') {
        at++;
        endRun();
        skipRepetition();
      } else if (!literal()) {
        return Optional.empty();
      }
    }
    return endAlternative() ? Optional.of(List.copyOf(found)) : Optional.empty();
  }

  private boolean literal() {
    char c = regex.charAt(at++);
    if (c == '\\') {
      if (at == regex.length() || Character.isLetterOrDigit(regex.charAt(at))) {
        return false;
      }
      c = regex.charAt(at++);
    }
    if (Character.isSurrogate(c)) {
      return false;
    }
    char next = at < regex.length() ? regex.charAt(at) : 0;
    if (next == '*' || next == '?' || next == '{') {
      endRun();
      skipRepetition();
    } else {
      run.append(c);
      if (next == '+') {
        endRun();
        skipRepetition();
      }
    }
    return true;
  }

  /** A class cannot hold a bracket that is not escaped, but as its first character. */
  private boolean skipClass() {
    at++;
    if (at < regex.length() && regex.charAt(at) == '^') {
      at++;
    }
    if (at < regex.length() && regex.charAt(at) == ']') {
      return false;
    }
    while (at < regex.length() && regex.charAt(at) != ']') {
      if (regex.charAt(at) == '[' || regex.charAt(at) == '\\') {
        return false;
      }
      at++;
    }
    at++;
    return at <= regex.length();
  }

  private void skipRepetition() {
    while (at < regex.length() && "*+?".indexOf(regex.charAt(at)) >= 0) {
      at++;
    }
    if (at < regex.length() && regex.charAt(at) == '{') {
      int close = regex.indexOf('}', at);
      at = close < 0 ? regex.length() : close + 1;
    }
  }

  private void endRun() {
    if (run.length() > longest.length()) {
      longest = run.toString();
    }
    run.setLength(0);
  }

  private boolean endAlternative() {
    endRun();
    if (longest.isEmpty()) {
      return false;
    }
    found.add(longest);
    longest = "";
    return true;
  }
}
