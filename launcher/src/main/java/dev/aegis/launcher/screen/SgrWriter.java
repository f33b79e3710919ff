package dev.aegis.launcher.screen;

/** Writes a style as one Select Graphic Rendition sequence that starts from plain. */
final class SgrWriter {

  private record Code(int attribute, String sgr) {}

  private static final Code[] CODES = {
    new Code(Style.BOLD, ";1"),
    new Code(Style.FAINT, ";2"),
    new Code(Style.ITALIC, ";3"),
    new Code(Style.UNDERLINE, ";4"),
    new Code(Style.DOUBLE_UNDERLINE, ";4:2"),
    new Code(Style.CURLY_UNDERLINE, ";4:3"),
    new Code(Style.DOTTED_UNDERLINE, ";4:4"),
    new Code(Style.DASHED_UNDERLINE, ";4:5"),
    new Code(Style.BLINK, ";5"),
    new Code(Style.REVERSE, ";7"),
    new Code(Style.CONCEAL, ";8"),
    new Code(Style.STRIKE, ";9"),
    new Code(Style.OVERLINE, ";53"),
  };

  private SgrWriter() {}

  static void append(StringBuilder out, Style style) {
    out.append("\u001b[0");
    for (Code code : CODES) {
      if ((style.attributes() & code.attribute()) != 0) {
        out.append(code.sgr());
      }
    }
    color(out, style.foreground(), 30, 38);
    color(out, style.background(), 40, 48);
    underlineColor(out, style.underlineColor());
    out.append('m');
  }

  private static void color(StringBuilder out, int color, int base, int extended) {
    if (color == Colors.DEFAULT) {
      return;
    }
    out.append(';');
    if (Colors.isNamed(color)) {
      int index = Colors.index(color);
      out.append(index < 8 ? base + index : base + 60 + index - 8);
    } else if (Colors.isIndexed(color)) {
      out.append(extended).append(";5;").append(Colors.index(color));
    } else {
      out.append(extended).append(";2;").append(Colors.red(color)).append(';');
      out.append(Colors.green(color)).append(';').append(Colors.blue(color));
    }
  }

  /** Colon form only: with semicolons a terminal that does not know 58 would read its operands. */
  private static void underlineColor(StringBuilder out, int color) {
    if (color == Colors.DEFAULT) {
      return;
    }
    if (Colors.isIndexed(color)) {
      out.append(";58:5:").append(Colors.index(color));
    } else {
      out.append(";58:2::").append(Colors.red(color)).append(':');
      out.append(Colors.green(color)).append(':').append(Colors.blue(color));
    }
  }
}
