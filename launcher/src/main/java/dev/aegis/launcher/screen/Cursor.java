package dev.aegis.launcher.screen;

import java.util.Arrays;

/** Where the next character goes and how: position, style, character sets, origin mode. */
final class Cursor {

  int row;
  int column;

  /** The last column was filled: the next character wraps first. */
  boolean wrapPending;

  Style style = Style.PLAIN;
  boolean origin;
  final Charset[] sets = {Charset.ASCII, Charset.ASCII, Charset.ASCII, Charset.ASCII};
  int shift;

  Cursor copy() {
    Cursor copy = new Cursor();
    copy.row = row;
    copy.column = column;
    copy.wrapPending = wrapPending;
    copy.style = style;
    copy.origin = origin;
    copy.shift = shift;
    System.arraycopy(sets, 0, copy.sets, 0, sets.length);
    return copy;
  }

  Charset charset() {
    return sets[shift];
  }

  void resetSets() {
    Arrays.fill(sets, Charset.ASCII);
    shift = 0;
  }

  void clampTo(int rows, int columns) {
    row = Math.min(row, rows - 1);
    if (column >= columns) {
      column = columns - 1;
      wrapPending = false;
    }
  }
}
