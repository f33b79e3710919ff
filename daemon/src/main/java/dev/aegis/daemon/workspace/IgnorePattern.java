package dev.aegis.daemon.workspace;

import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * One line of a .gitignore.
 *
 * @param regex over the path relative to the directory of the file
 * @param negated true when it takes back an earlier match
 * @param directoryOnly true when it speaks of directories alone
 */
record IgnorePattern(Pattern regex, boolean negated, boolean directoryOnly) {

  /** Read a line; empty for blank lines and comments. */
  static Optional<IgnorePattern> of(String line) {
    String text = stripTrailingBlanks(line);
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    boolean negated = text.startsWith("!");
    if (negated) {
      text = text.substring(1);
    }
    boolean directoryOnly = text.endsWith("/");
    if (directoryOnly) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    boolean anchored = text.contains("/");
    String body = text.startsWith("/") ? text.substring(1) : text;
    return Optional.of(
        new IgnorePattern(
            Pattern.compile((anchored ? "" : "(?:.*/)?") + translate(body), Pattern.DOTALL),
            negated,
            directoryOnly));
  }

  boolean matches(String path, boolean isDirectory) {
    return (!directoryOnly || isDirectory) && regex.matches(path);
  }

  private static String stripTrailingBlanks(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
      end--;
    }
    return line.substring(0, end);
  }

  private static String translate(String glob) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i) && atStart(glob, i)) {
        out.append("(?:.*/)?");
        i += 3;
      } else if (glob.startsWith("**", i) && atStart(glob, i) && i + 2 == glob.length()) {
        out.append(".*");
        i += 2;
      } else if (c == '*') {
        out.append("[^/]*");
        i++;
      } else if (c == '?') {
        out.append("[^/]");
        i++;
      } else if (c == '[' && glob.indexOf(']', i + 2) > 0) {
        int end = glob.indexOf(']', i + 2);
        out.append(characterClass(glob.substring(i + 1, end)));
        i = end + 1;
      } else {
        boolean escaped = c == '\\' && i + 1 < glob.length();
        out.append(Pattern.quote(String.valueOf(escaped ? glob.charAt(i + 1) : c)));
        i += escaped ? 2 : 1;
      }
    }
    return out.toString();
  }

  private static boolean atStart(String glob, int i) {
    return i == 0 || glob.charAt(i - 1) == '/';
  }

  private static String characterClass(String inside) {
    boolean inverted = inside.startsWith("!") || inside.startsWith("^");
    String members = inverted ? inside.substring(1) : inside;
    return "[" + (inverted ? "^/" : "") + members.replaceAll("[\\[\\]\\\\&^]", "\\\\$0") + "]";
  }
}
