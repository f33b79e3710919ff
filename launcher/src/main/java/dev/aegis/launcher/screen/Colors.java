package dev.aegis.launcher.screen;

/**
 * Colours packed into an int: the terminal's default, an index into its palette, or red-green-blue.
 */
final class Colors {

  static final int DEFAULT = 0;
  private static final int INDEXED = 1 << 24;
  private static final int DIRECT = 2 << 24;
  private static final int NAMED = 3 << 24;
  private static final int KIND = 0xff << 24;

  private Colors() {}

  /** One of the sixteen that have codes of their own; bold may brighten it, unlike an index. */
  static int named(int index) {
    return NAMED | (index & 0xf);
  }

  static int indexed(int index) {
    return INDEXED | (index & 0xff);
  }

  static int direct(int red, int green, int blue) {
    return DIRECT | (red & 0xff) << 16 | (green & 0xff) << 8 | (blue & 0xff);
  }

  static boolean isNamed(int color) {
    return (color & KIND) == NAMED;
  }

  static boolean isIndexed(int color) {
    return (color & KIND) == INDEXED;
  }

  static int index(int color) {
    return color & 0xff;
  }

  static int red(int color) {
    return color >> 16 & 0xff;
  }

  static int green(int color) {
    return color >> 8 & 0xff;
  }

  static int blue(int color) {
    return color & 0xff;
  }
}
