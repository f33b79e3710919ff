package dev.aegis.launcher.screen;

/**
 * How a cell looks: colours and attributes, immutable and shared between cells.
 *
 * @param foreground colour as {@link Colors} writes it
 * @param background colour as {@link Colors} writes it
 * @param underlineColor colour as {@link Colors} writes it
 * @param attributes bits of the constants below
 */
record Style(int foreground, int background, int underlineColor, int attributes) {

  static final int BOLD = 1;
  static final int FAINT = 1 << 1;
  static final int ITALIC = 1 << 2;
  static final int UNDERLINE = 1 << 3;
  static final int BLINK = 1 << 4;
  static final int REVERSE = 1 << 5;
  static final int CONCEAL = 1 << 6;
  static final int STRIKE = 1 << 7;
  static final int DOUBLE_UNDERLINE = 1 << 8;
  static final int CURLY_UNDERLINE = 1 << 9;
  static final int DOTTED_UNDERLINE = 1 << 10;
  static final int DASHED_UNDERLINE = 1 << 11;
  static final int OVERLINE = 1 << 12;

  static final int ANY_UNDERLINE =
      UNDERLINE | DOUBLE_UNDERLINE | CURLY_UNDERLINE | DOTTED_UNDERLINE | DASHED_UNDERLINE;

  static final Style PLAIN = new Style(Colors.DEFAULT, Colors.DEFAULT, Colors.DEFAULT, 0);

  /** By hand: the derived one costs more than all else on the way of a colour change. */
  boolean sameAs(Style other) {
    return foreground == other.foreground
        && background == other.background
        && attributes == other.attributes
        && underlineColor == other.underlineColor;
  }

  Style with(int attribute) {
    return new Style(foreground, background, underlineColor, attributes | attribute);
  }

  Style without(int mask) {
    return new Style(foreground, background, underlineColor, attributes & ~mask);
  }

  Style withForeground(int color) {
    return new Style(color, background, underlineColor, attributes);
  }

  Style withBackground(int color) {
    return new Style(foreground, color, underlineColor, attributes);
  }

  Style withUnderlineColor(int color) {
    return new Style(foreground, background, color, attributes);
  }

  /** What an erased cell looks like while this style is current: its background and no more. */
  Style erased() {
    return background == Colors.DEFAULT
        ? PLAIN
        : new Style(Colors.DEFAULT, background, Colors.DEFAULT, 0);
  }
}
