package dev.aegis.launcher.screen;

/** What a terminal keeps: two grids, the cursor, margins and tab stops, and the edits on them. */
final class Page {

  private final Grid main;
  private final Grid alternate;
  private final TabStops tabs;
  private Grid shown;
  private Cursor cursor = new Cursor();
  private Cursor beforeAlternate;
  private int top;
  private int bottom;
  private int lastPrinted;
  private int lastColumns;

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

  boolean hasMargins() {
    return top != 0 || bottom != height() - 1;
  }

  // Text

  void ascii(byte[] bytes, int from, int length) {
    if (cursor.charset() != Charset.ASCII || insertMode) {
      for (int i = from; i < from + length; i++) {
        printByte(bytes[i]);
      }
      return;
    }
    int at = from;
    int end = from + length;
    while (at < end) {
      wrapIfPending();
      int room = width() - cursor.column;
      int run = Math.min(room, end - at);
      if (run == room && !autoWrap && end - at > run) {
        // Without wrapping, everything beyond the margin lands on the last column in turn.
        shown.row(cursor.row).putAscii(cursor.column, bytes, at, run, cursor.style);
        shown.row(cursor.row).put(width() - 1, bytes[end - 1], cursor.style);
        cursor.column = width() - 1;
        break;
      }
      shown.row(cursor.row).putAscii(cursor.column, bytes, at, run, cursor.style);
      advance(run);
      at += run;
    }
    lastPrinted = bytes[end - 1];
    lastColumns = 1;
  }

  private void printByte(byte b) {
    if (cursor.charset() == Charset.LINE_DRAWING) {
      print(Row.DRAWN + b, 1);
    } else {
      print(cursor.charset().translate(b));
    }
  }

  void print(int codePoint) {
    int columns = CharacterWidth.of(codePoint);
    if (columns == 0) {
      combine(codePoint);
    } else {
      print(codePoint, columns);
    }
  }

  private void print(int code, int columns) {
    if (columns > width()) {
      return;
    }
    wrapIfPending();
    if (columns == 2 && cursor.column == width() - 1) {
      if (!autoWrap) {
        return;
      }
      wrap();
    }
    Row row = shown.row(cursor.row);
    if (insertMode) {
      row.insert(cursor.column, columns, cursor.style.erased());
    }
    if (columns == 2) {
      row.putWide(cursor.column, code, cursor.style);
    } else {
      row.put(cursor.column, code, cursor.style);
    }
    advance(columns);
    lastPrinted = code;
    lastColumns = columns;
  }

  void repeat(int count) {
    if (lastPrinted == 0) {
      return;
    }
    int most = Math.min(count, width() * height());
    for (int i = 0; i < most; i++) {
      print(lastPrinted, lastColumns);
    }
  }

  private void combine(int mark) {
    if (mark < 0xa0) {
      return;
    }
    int column = cursor.wrapPending ? cursor.column : cursor.column - 1;
    Row row = shown.row(cursor.row);
    if (column > 0 && row.charAt(column) == Row.WIDE_TAIL) {
      column--;
    }
    if (column >= 0) {
      row.combine(column, mark);
    }
  }

  private void advance(int columns) {
    int next = cursor.column + columns;
    if (next >= width()) {
      cursor.column = width() - 1;
      cursor.wrapPending = autoWrap;
    } else {
      cursor.column = next;
    }
  }

  private void wrapIfPending() {
    if (cursor.wrapPending) {
      wrap();
    }
  }

  private void wrap() {
    cursor.wrapPending = false;
    cursor.column = 0;
    index();
  }

  // Movement

  void moveTo(int row, int column) {
    int first = cursor.origin ? top : 0;
    int last = cursor.origin ? bottom : height() - 1;
    cursor.row = clamp(row + first, first, last);
    moveToColumn(column);
  }

  void moveToColumn(int column) {
    cursor.column = clamp(column, 0, width() - 1);
    cursor.wrapPending = false;
  }

  void up(int count) {
    int limit = cursor.row >= top ? top : 0;
    cursor.row = Math.max(limit, cursor.row - count);
    cursor.wrapPending = false;
  }

  void down(int count) {
    int limit = cursor.row <= bottom ? bottom : height() - 1;
    cursor.row = Math.min(limit, cursor.row + count);
    cursor.wrapPending = false;
  }

  void right(int count) {
    moveToColumn(cursor.column + Math.min(count, width()));
  }

  void left(int count) {
    moveToColumn(cursor.column - Math.min(count, width()));
  }

  void tabForward(int count) {
    int column = cursor.column;
    for (int i = 0; i < count && column < width() - 1; i++) {
      column = tabs.after(column, width() - 1);
    }
    // A tab at the margin leaves a pending wrap pending.
    if (column != cursor.column) {
      moveToColumn(column);
    }
  }

  void tabBackward(int count) {
    int column = cursor.column;
    for (int i = 0; i < count && column > 0; i++) {
      column = tabs.before(column);
    }
    moveToColumn(column);
  }

  void carriageReturn() {
    moveToColumn(0);
  }

  void lineFeed() {
    cursor.wrapPending = false;
    index();
    if (lineFeedReturns) {
      cursor.column = 0;
    }
  }

  void index() {
    if (cursor.row == bottom) {
      shown.scrollUp(top, bottom, 1, cursor.style.erased());
    } else if (cursor.row < height() - 1) {
      cursor.row++;
    }
  }

  void reverseIndex() {
    cursor.wrapPending = false;
    if (cursor.row == top) {
      shown.scrollDown(top, bottom, 1, cursor.style.erased());
    } else if (cursor.row > 0) {
      cursor.row--;
    }
  }

  void margins(int first, int last) {
    int newTop = Math.max(0, first);
    int newBottom = Math.min(height() - 1, last);
    if (newTop < newBottom) {
      top = newTop;
      bottom = newBottom;
      moveTo(0, 0);
    }
  }

  // Editing

  void eraseInLine(int kind) {
    Row row = shown.row(cursor.row);
    int from = kind == 0 ? cursor.column : 0;
    int to = kind == 1 ? cursor.column + 1 : width();
    row.erase(from, to, cursor.style.erased());
  }

  void eraseInPage(int kind) {
    Style style = cursor.style.erased();
    int from = kind == 0 ? cursor.row + 1 : 0;
    int to = kind == 1 ? cursor.row : height();
    for (int row = from; row < to; row++) {
      shown.row(row).erase(0, width(), style);
    }
    if (kind != 2) {
      eraseInLine(kind);
    }
  }

  void eraseCharacters(int count) {
    int to = cursor.column + Math.min(count, width() - cursor.column);
    shown.row(cursor.row).erase(cursor.column, to, cursor.style.erased());
    cursor.wrapPending = false;
  }

  void insertCharacters(int count) {
    shown.row(cursor.row).insert(cursor.column, count, cursor.style.erased());
    cursor.wrapPending = false;
  }

  void deleteCharacters(int count) {
    shown.row(cursor.row).delete(cursor.column, count, cursor.style.erased());
    cursor.wrapPending = false;
  }

  void insertLines(int count) {
    if (cursor.row >= top && cursor.row <= bottom) {
      shown.scrollDown(cursor.row, bottom, count, cursor.style.erased());
    }
    cursor.wrapPending = false;
  }

  void deleteLines(int count) {
    if (cursor.row >= top && cursor.row <= bottom) {
      shown.scrollUp(cursor.row, bottom, count, cursor.style.erased());
    }
    cursor.wrapPending = false;
  }

  void scrollUp(int count) {
    shown.scrollUp(top, bottom, count, cursor.style.erased());
  }

  void scrollDown(int count) {
    shown.scrollDown(top, bottom, count, cursor.style.erased());
  }

  void fillWithE() {
    margins(0, height() - 1);
    for (int row = 0; row < height(); row++) {
      for (int column = 0; column < width(); column++) {
        shown.row(row).put(column, 'E', Style.PLAIN);
      }
    }
    moveTo(0, 0);
  }

  // State

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

  private static int clamp(int value, int least, int most) {
    return Math.max(least, Math.min(most, value));
  }
}
