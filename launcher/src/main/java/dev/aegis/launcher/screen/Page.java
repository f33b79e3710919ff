package dev.aegis.launcher.screen;

/** What a terminal keeps: two grids, the cursor, margins, tab stops and modes of writing. */
final class Page {

  private final Grid main;
  private final Grid alternate;
  private final TabStops tabs;
  private Grid shown;
  private Cursor cursor = new Cursor();
  private Cursor beforeAlternate;
  private int top;
  private int bottom;

  boolean autoWrap = true;
  boolean insertMode;
  boolean lineFeedReturns;

  Page(int height, int width) {
    main = new Grid(height, width);
    alternate = new Grid(height, width);
    tabs = new TabStops(width);
    shown = main;
    bottom = height - 1;
  }

  Grid shown() {
    return shown;
  }

  Cursor cursor() {
    return cursor;
  }

  TabStops tabs() {
    return tabs;
  }

  int top() {
    return top;
  }

  int bottom() {
    return bottom;
  }

  int height() {
    return shown.height();
  }

  int width() {
    return shown.width();
  }

  boolean isAlternate() {
    return shown == alternate;
  }

  /** Sets the rows that scroll; false when there would be fewer than two. */
  boolean setMargins(int first, int last) {
    int newTop = Math.max(0, first);
    int newBottom = Math.min(height() - 1, last);
    if (newTop >= newBottom) {
      return false;
    }
    top = newTop;
    bottom = newBottom;
    return true;
  }

  boolean hasMargins() {
    return top != 0 || bottom != height() - 1;
  }

  void saveCursor() {
    shown.saved = cursor.copy();
  }

  void restoreCursor() {
    Cursor saved = shown.saved;
    cursor = saved == null ? new Cursor() : saved.copy();
    cursor.clampTo(height(), width());
  }

  void enterAlternate() {
    if (shown == alternate) {
      return;
    }
    beforeAlternate = cursor.copy();
    alternate.clear(Style.PLAIN);
    shown = alternate;
  }

  /** Back to the main screen; {@code restore} also takes back the cursor as it was before. */
  void leaveAlternate(boolean restore) {
    if (shown == main) {
      return;
    }
    shown = main;
    if (restore && beforeAlternate != null) {
      cursor = beforeAlternate.copy();
      cursor.clampTo(height(), width());
    }
  }

  void softReset() {
    Cursor next = new Cursor();
    next.row = cursor.row;
    next.column = cursor.column;
    cursor = next;
    top = 0;
    bottom = height() - 1;
    autoWrap = true;
    insertMode = false;
    shown.saved = null;
  }

  void reset() {
    softReset();
    main.clear(Style.PLAIN);
    alternate.clear(Style.PLAIN);
    main.saved = null;
    alternate.saved = null;
    shown = main;
    lineFeedReturns = false;
    tabs.reset();
    cursor = new Cursor();
  }

  void resize(int height, int width) {
    int mainRow = isAlternate() && beforeAlternate != null ? beforeAlternate.row : cursor.row;
    int alternateRow = isAlternate() ? cursor.row : 0;
    int droppedMain = main.resize(height, width, Math.min(mainRow, main.height() - 1));
    int droppedAlternate =
        alternate.resize(height, width, Math.min(alternateRow, alternate.height() - 1));
    if (beforeAlternate != null) {
      beforeAlternate.row -= isAlternate() ? droppedMain : 0;
      beforeAlternate.clampTo(height, width);
    }
    cursor.row -= isAlternate() ? droppedAlternate : droppedMain;
    cursor.clampTo(height, width);
    top = 0;
    bottom = height - 1;
    tabs.resize(width);
  }
}
