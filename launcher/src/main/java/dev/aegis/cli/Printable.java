package dev.aegis.cli;

/** Text of supervised programs made fit for a terminal: no control character passes. */
final class Printable {

  /* Bytes that were not UTF-8 stand as these lone surrogates. */
  private static final int FIRST_RAW_BYTE = 0xDC80;
  private static final int LAST_RAW_BYTE = 0xDCFF;
  private static final int BYTE = 0xFF;

  private Printable() {}

  /** Spell out what a terminal would act on or could not show, on one line. */
  static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(printable, c));
    return printable.toString();
  }

  /** Cut to a width, the end marked. */
  static String of(String text, int width) {
    String printable = of(text);
    int length = printable.codePointCount(0, printable.length());
    return length <= width
        ? printable
        : printable.substring(0, printable.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }

  private static void append(StringBuilder printable, int c) {
    if (c >= FIRST_RAW_BYTE && c <= LAST_RAW_BYTE) {
      printable.append("\\x%02x".formatted(c & BYTE));
    } else if (c == '\n') {
      printable.append("\\n");
    } else if (c == '\t') {
      printable.append("\\t");
    } else if (deceives(c)) {
      printable.append("\\u%04x".formatted(c));
    } else {
      printable.appendCodePoint(c);
    }
  }

  /* Controls, and format characters that reorder or hide what stands around them. */
  private static boolean deceives(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
