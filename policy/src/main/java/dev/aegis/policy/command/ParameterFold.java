package dev.aegis.policy.command;

import java.util.Locale;
import java.util.Optional;

/**
 * Changes the value of a parameter as {@code ${name operator operand}} does, where that is known.
 */
final class ParameterFold {
  private ParameterFold() {}

  /** Return the changed value; empty when it cannot be told. */
  static Optional<String> of(String value, String operator, String operand) {
    return switch (operator) {
      case "#" -> Optional.of(prefix(value, operand, false));
      case "##" -> Optional.of(prefix(value, operand, true));
      case "%" -> Optional.of(suffix(value, operand, false));
      case "%%" -> Optional.of(suffix(value, operand, true));
      case "/" -> replaced(value, operand, false);
      case "//" -> replaced(value, operand, true);
      case ":" -> part(value, operand);
      case "^^" -> Optional.of(value.toUpperCase(Locale.ROOT));
      case ",," -> Optional.of(value.toLowerCase(Locale.ROOT));
      case "^" -> Optional.of(first(value, true));
      case "," -> Optional.of(first(value, false));
      case "length" -> Optional.of(String.valueOf(value.length()));
      default -> Optional.empty();
    };
  }

  private static String first(String value, boolean upper) {
    if (value.isEmpty()) {
      return value;
    }
    String head = value.substring(0, 1);
    return (upper ? head.toUpperCase(Locale.ROOT) : head.toLowerCase(Locale.ROOT))
        + value.substring(1);
  }

  private static String prefix(String value, String pattern, boolean longest) {
    for (int i = 0; i <= value.length(); i++) {
      int cut = longest ? value.length() - i : i;
      if (matches(pattern, value.substring(0, cut))) {
        return value.substring(cut);
      }
    }
    return value;
  }

  private static String suffix(String value, String pattern, boolean longest) {
    for (int i = 0; i <= value.length(); i++) {
      int cut = longest ? i : value.length() - i;
      if (matches(pattern, value.substring(cut))) {
        return value.substring(0, cut);
      }
    }
    return value;
  }

  private static Optional<String> replaced(String value, String operand, boolean all) {
    int slash = operand.indexOf('/', 1);
    String wanted = slash < 0 ? operand : operand.substring(0, slash);
    String by = slash < 0 ? "" : operand.substring(slash + 1);
    boolean plain = !wanted.isEmpty() && wanted.chars().noneMatch(c -> "*?[\\#%".indexOf(c) >= 0);
    if (!plain || (long) value.length() * Math.max(1, by.length()) > Bounds.WORD) {
      return Optional.empty();
    }
    if (all) {
      return Optional.of(value.replace(wanted, by));
    }
    int at = value.indexOf(wanted);
    return Optional.of(
        at < 0 ? value : value.substring(0, at) + by + value.substring(at + wanted.length()));
  }

  private static Optional<String> part(String value, String operand) {
    String[] bounds = operand.split(":", -1);
    if (bounds.length > 2) {
      return Optional.empty();
    }
    for (String bound : bounds) {
      if (!bound.strip().matches("-?[0-9]{1,6}")) {
        return Optional.empty();
      }
    }
    int from = Integer.parseInt(bounds[0].strip());
    from = from < 0 ? Math.max(0, value.length() + from) : Math.min(from, value.length());
    int to = value.length();
    if (bounds.length == 2) {
      int length = Integer.parseInt(bounds[1].strip());
      to = length < 0 ? value.length() + length : Math.min(value.length(), from + length);
    }
    return to < from ? Optional.empty() : Optional.of(value.substring(from, to));
  }

  /** Match a whole text with {@code *} and {@code ?}; anything else stands for itself. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int mark = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
