package dev.aegis.launcher.card;

/** Makes text that a supervised process could have chosen safe to show on a terminal. */
public final class Harmless {

  private Harmless() {}

  /** Controls, invisible and direction-changing characters are spelled out. */
  public static String text(String any) {
    StringBuilder safe = new StringBuilder(any.length());
    any.codePoints().forEach(codePoint -> append(safe, codePoint));
    return safe.toString();
  }

  private static void append(StringBuilder safe, int codePoint) {
    switch (codePoint) {
      case '\n' -> safe.append("\\n");
      case '\t' -> safe.append("\\t");
      case '\r' -> safe.append("\\r");
      default -> {
        if (isHarmless(codePoint)) {
          safe.appendCodePoint(codePoint);
        } else if (codePoint < 0x100) {
          safe.append(String.format("\\x%02x", codePoint));
        } else {
          safe.append(String.format("\\u{%x}", codePoint));
        }
      }
    }
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
