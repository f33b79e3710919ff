package dev.aegis.launcher.screen;

import java.util.Arrays;

/** One line of cells: a code point, a style and, where marks combine, the whole cluster of each. */
final class Row {

  static final int ERASED = 0;
  static final int WIDE_TAIL = -1;

  /** Marks an ASCII code that stands for a character of the line drawing set. */
  static final int DRAWN = 1 << 24;

  private int[] chars;
  private Style[] styles;
  private String[] clusters;

  Row(int width, Style style) {
    chars = new int[width];
    styles = new Style[width];
    Arrays.fill(styles, style);
  }

  int width() {
    return chars.length;
  }

  int charAt(int column) {
    return chars[column];
  }

  Style styleAt(int column) {
    return styles[column];
  }

  /**
   * The cell's text with its combining marks; empty for an erased cell or the tail of a wide one.
   */
  String textAt(int column) {
    if (clusters != null && clusters[column] != null) {
      return clusters[column];
    }
    int code = chars[column];
    if (code >= DRAWN) {
      return Character.toString(Charset.LINE_DRAWING.translate(code - DRAWN));
    }
    return code > 0 ? Character.toString(code) : "";
  }

  void put(int column, int codePoint, Style style) {
    breakWide(column);
    chars[column] = codePoint;
    styles[column] = style;
    forget(column);
  }

  void putWide(int column, int codePoint, Style style) {
    breakWide(column);
    breakWide(column + 1);
    chars[column] = codePoint;
    chars[column + 1] = WIDE_TAIL;
    styles[column] = style;
    styles[column + 1] = style;
    forget(column);
    forget(column + 1);
  }

  void putAscii(int column, byte[] bytes, int from, int length, Style style) {
    breakWide(column);
    breakWide(column + length - 1);
    for (int i = 0; i < length; i++) {
      chars[column + i] = bytes[from + i];
    }
    Arrays.fill(styles, column, column + length, style);
    if (clusters != null) {
      Arrays.fill(clusters, column, column + length, null);
    }
  }

  void combine(int column, int mark) {
    if (clusters == null) {
      clusters = new String[chars.length];
    }
    String before = textAt(column).isEmpty() ? " " : textAt(column);
    // A cell keeps a bounded number of marks: endless ones are an attack on memory.
    if (before.length() < 32) {
      clusters[column] = before + Character.toString(mark);
      chars[column] = chars[column] > 0 ? chars[column] : ' ';
    }
  }

  void erase(int from, int to, Style style) {
    if (from >= to) {
      return;
    }
    breakWide(from);
    breakWide(to - 1);
    Arrays.fill(chars, from, to, ERASED);
    Arrays.fill(styles, from, to, style);
    if (clusters != null) {
      Arrays.fill(clusters, from, to, null);
    }
  }

  void insert(int column, int count, Style style) {
    int shift = Math.min(count, width() - column);
    breakAt(column);
    move(column, column + shift, width() - column - shift);
    wipe(column, column + shift, style);
    breakAtEnd();
  }

  void delete(int column, int count, Style style) {
    int shift = Math.min(count, width() - column);
    breakAt(column);
    if (column + shift < width()) {
      breakAt(column + shift);
    }
    move(column + shift, column, width() - column - shift);
    wipe(width() - shift, width(), style);
  }

  void resize(int width) {
    int before = chars.length;
    if (width < before && chars[width] == WIDE_TAIL) {
      put(width - 1, ERASED, styles[width - 1].erased());
    }
    chars = Arrays.copyOf(chars, width);
    styles = Arrays.copyOf(styles, width);
    if (width > before) {
      Arrays.fill(styles, before, width, Style.PLAIN);
    }
    clusters = clusters == null ? null : Arrays.copyOf(clusters, width);
  }

  private void move(int from, int to, int length) {
    System.arraycopy(chars, from, chars, to, length);
    System.arraycopy(styles, from, styles, to, length);
    if (clusters != null) {
      System.arraycopy(clusters, from, clusters, to, length);
    }
  }

  private void wipe(int from, int to, Style style) {
    Arrays.fill(chars, from, to, ERASED);
    Arrays.fill(styles, from, to, style);
    if (clusters != null) {
      Arrays.fill(clusters, from, to, null);
    }
  }

  private void forget(int column) {
    if (clusters != null) {
      clusters[column] = null;
    }
  }

  /** A wide character of which one half goes leaves a blank where its other half was. */
  private void breakWide(int column) {
    if (chars[column] == WIDE_TAIL && column > 0) {
      chars[column - 1] = ERASED;
      forget(column - 1);
    }
    if (column + 1 < width() && chars[column + 1] == WIDE_TAIL && chars[column] != WIDE_TAIL) {
      chars[column + 1] = ERASED;
    }
  }

  /** Breaks a wide character that straddles the border before {@code column}. */
  private void breakAt(int column) {
    if (chars[column] == WIDE_TAIL) {
      chars[column] = ERASED;
      chars[column - 1] = ERASED;
      forget(column - 1);
    }
  }

  private void breakAtEnd() {
    int last = width() - 1;
    if (chars[last] > 0 && chars[last] < DRAWN && CharacterWidth.of(chars[last]) == 2) {
      chars[last] = ERASED;
      forget(last);
    }
  }
}
