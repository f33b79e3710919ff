package dev.aegis.daemon.channels;

/**
 * Text from elsewhere as people may read it: what is invisible, or turns the order of characters
 * around, is shown by its number.
 */
public final class VisibleText {

  private static final int MOST_MARKS = 2;
  private static final int TAIL_SHARE = 4;

  private VisibleText() {}

  /** Make everything visible on one line. */
  public static String line(String text) {
    return visible(text, false);
  }

  /** Make everything visible, keeping line ends. */
  public static String lines(String text) {
    return visible(text, true);
  }

  private static String visible(String text, boolean keepsLines) {
    StringBuilder out = new StringBuilder(text.length());
    int marks = 0;
    for (int point : text.codePoints().toArray()) {
      boolean mark = Character.getType(point) == Character.NON_SPACING_MARK;
      marks = mark ? marks + 1 : 0;
      if (point == '\n') {
        out.append(keepsLines ? "\n" : "\u23ce");
      } else if (point == '\t') {
        out.append(' ');
      } else if (isHidden(point) || marks > MOST_MARKS) {
        out.append("\u27e8U+%04X\u27e9".formatted(point));
      } else {
        out.appendCodePoint(point);
      }
    }
    return out.toString();
  }

  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.ENCLOSING_MARK ->
          true;
      case Character.SPACE_SEPARATOR -> point != ' ';
      default -> isBlankLetter(point) || isVariationSelector(point);
    };
  }

  /* Letters by class, blank on the screen: the fillers of Hangul and the braille blank. */
  private static boolean isBlankLetter(int point) {
    return point == 0x115f
        || point == 0x1160
        || point == 0x3164
        || point == 0xffa0
        || point == 0x2800
        || point == 0x17b4
        || point == 0x17b5;
  }

  private static boolean isVariationSelector(int point) {
    return (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef);
  }

  /**
   * Cut a text that is too long, and say so. The end stays, for the target of a command stands
   * there.
   *
   * @param most UTF-16 units of the result, without the words about the cut
   */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int tail = most / TAIL_SHARE;
    int head = most - tail;
    head -= Character.isHighSurrogate(text.charAt(head - 1)) ? 1 : 0;
    int from = text.length() - tail;
    from += Character.isLowSurrogate(text.charAt(from)) ? 1 : 0;
    return text.substring(0, head)
        + " \u2026[%d characters cut]\u2026 ".formatted(from - head)
        + text.substring(from);
  }
}
