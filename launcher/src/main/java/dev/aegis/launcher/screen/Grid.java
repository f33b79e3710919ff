package dev.aegis.launcher.screen;

/** The rows of one screen, main or alternate, and what the program saved with it. */
final class Grid {

  private Row[] rows;
  private int width;

  /** The cursor that the program saved while this screen was shown, or null. */
  Cursor saved;

  Grid(int height, int width) {
    this.width = width;
    rows = new Row[height];
    clear(Style.PLAIN);
  }

  int height() {
    return rows.length;
  }

  int width() {
    return width;
  }

  Row row(int index) {
    return rows[index];
  }

  void clear(Style style) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new Row(width, style);
    }
  }

  /** Moves rows {@code top} to {@code bottom} up; the rows that leave are lost. */
  void scrollUp(int top, int bottom, int count, Style style) {
    int shift = Math.min(count, bottom - top + 1);
    for (int n = 0; n < shift; n++) {
      Row recycled = rows[top];
      System.arraycopy(rows, top + 1, rows, top, bottom - top);
      recycled.erase(0, width, style);
      rows[bottom] = recycled;
    }
  }

  /** Moves rows {@code top} to {@code bottom} down; the rows that leave are lost. */
  void scrollDown(int top, int bottom, int count, Style style) {
    int shift = Math.min(count, bottom - top + 1);
    for (int n = 0; n < shift; n++) {
      Row recycled = rows[bottom];
      System.arraycopy(rows, top, rows, top + 1, bottom - top);
      recycled.erase(0, width, style);
      rows[top] = recycled;
    }
  }

  /**
   * Takes a new size without reflow: a smaller height drops rows below the cursor first, then from
   * the top, as terminals do.
   *
   * @return how many rows were dropped from the top
   */
  int resize(int height, int newWidth, int cursorRow) {
    int excess = Math.max(0, rows.length - height);
    int below = Math.min(excess, rows.length - 1 - cursorRow);
    int dropped = excess - below;
    Row[] next = new Row[height];
    for (int i = 0; i < height; i++) {
      int from = i + dropped;
      next[i] = from < rows.length ? rows[from] : new Row(newWidth, Style.PLAIN);
      if (next[i].width() != newWidth) {
        next[i].resize(newWidth);
      }
    }
    rows = next;
    width = newWidth;
    if (saved != null) {
      saved.clampTo(height, newWidth);
    }
    return dropped;
  }
}
