package dev.aegis.launcher.screen;

import java.util.BitSet;

/** Where a horizontal tab stops: every eighth column until the program says otherwise. */
final class TabStops {

  private static final int EVERY = 8;

  private final BitSet stops = new BitSet();
  private int width;

  TabStops(int width) {
    resize(width);
  }

  void resize(int newWidth) {
    for (int column = (width + EVERY - 1) / EVERY * EVERY; column < newWidth; column += EVERY) {
      stops.set(column);
    }
    width = Math.max(width, newWidth);
  }

  void reset() {
    stops.clear();
    int full = width;
    width = 0;
    resize(full);
  }

  void set(int column) {
    stops.set(column);
  }

  void clear(int column) {
    stops.clear(column);
  }

  void clearAll() {
    stops.clear();
  }

  /** The next stop after {@code column}, at most {@code last}. */
  int after(int column, int last) {
    int next = stops.nextSetBit(column + 1);
    return next < 0 ? last : Math.min(next, last);
  }

  int before(int column) {
    return column == 0 ? 0 : Math.max(0, stops.previousSetBit(column - 1));
  }
}
