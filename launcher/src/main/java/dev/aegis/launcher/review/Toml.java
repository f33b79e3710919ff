package dev.aegis.launcher.review;

/** Text as TOML, and as patterns that mean nothing but this text. */
final class Toml {

  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7f;

  private Toml() {}

  /** Quote as a basic string. */
  static String text(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c < FIRST_PRINTABLE || c == DELETE) {
                quoted.append("\\u%04x".formatted(c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }

  /** Quote for a regular expression. */
  static String quotedPattern(String text) {
    return escaped(text, "\\.+*?()|[]{}^$");
  }

  /** Quote for a glob. */
  static String quotedGlob(String text) {
    return escaped(text, "\\*?[]{},~$");
  }

  private static String escaped(String text, String special) {
    StringBuilder quoted = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (special.indexOf(c) >= 0) {
                quoted.append('\\');
              }
              quoted.appendCodePoint(c);
            });
    return quoted.toString();
  }
}
