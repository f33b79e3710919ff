package dev.aegis.policy.meaning;

/**
 * A name with {@code *}, {@code ?} or {@code […]} that a shell would replace.
 *
 * @param directory what stands before the first name with a pattern; empty for the current one
 * @param everything true when all names of that directory match
 * @param example some name that matches, below the directory
 */
record NamePattern(String directory, boolean everything, String example) {

  static NamePattern of(String text) {
    int first = first(text);
    int slash = text.lastIndexOf('/', first);
    String directory = slash < 0 ? "" : slash == 0 ? "/" : text.substring(0, slash);
    String rest = text.substring(slash + 1);
    return new NamePattern(
        directory,
        rest.matches("(\\.?\\*+|\\*\\.\\*|\\.\\[!?.*\\]\\*|\\?\\*|\\*/?|\\*\\*/?\\*?)"),
        example(rest));
  }

  private static int first(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("*?[".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  private static String example(String pattern) {
    StringBuilder name = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '[') {
        inside = true;
        name.append('x');
      } else if (c == ']') {
        inside = false;
      } else if (!inside && c != '*') {
        name.append(c == '?' ? 'x' : c);
      }
    }
    String text = name.toString().replace("//", "/");
    return text.startsWith("/") ? text.substring(1) : text;
  }
}
