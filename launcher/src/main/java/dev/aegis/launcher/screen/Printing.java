package dev.aegis.launcher.screen;

/** Puts text on the page at the cursor, wrapping lines as terminals do. */
final class Printing {

  private final Page page;
  private final Movement movement;
  private int lastPrinted;
  private int lastColumns;

  Printing(Page page, Movement movement) {
    this.page = page;
    this.movement = movement;
  }

  void ascii(byte[] bytes, int from, int length) {
    if (page.cursor().charset() != Charset.ASCII || page.insertMode) {
      for (int i = from; i < from + length; i++) {
        printByte(bytes[i]);
      }
      return;
    }
    int at = from;
    int end = from + length;
    while (at < end) {
      wrapIfPending();
      int room = page.width() - page.cursor().column;
      int run = Math.min(room, end - at);
      if (run == room && !page.autoWrap && end - at > run) {
        // Without wrapping, everything beyond the margin lands on the last column in turn.
        page.shown()
            .row(page.cursor().row)
            .putAscii(page.cursor().column, bytes, at, run, page.cursor().style);
        page.shown()
            .row(page.cursor().row)
            .put(page.width() - 1, bytes[end - 1], page.cursor().style);
        page.cursor().column = page.width() - 1;
        break;
      }
      page.shown()
          .row(page.cursor().row)
          .putAscii(page.cursor().column, bytes, at, run, page.cursor().style);
      advance(run);
      at += run;
    }
    lastPrinted = bytes[end - 1];
    lastColumns = 1;
  }

  private void printByte(byte b) {
    if (page.cursor().charset() == Charset.LINE_DRAWING) {
      print(Row.DRAWN + b, 1);
    } else {
      print(page.cursor().charset().translate(b));
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
    if (columns > page.width()) {
      return;
    }
    wrapIfPending();
    if (columns == 2 && page.cursor().column == page.width() - 1) {
      if (!page.autoWrap) {
        return;
      }
      wrap();
    }
    Row row = page.shown().row(page.cursor().row);
    if (page.insertMode) {
      row.insert(page.cursor().column, columns, page.cursor().style.erased());
    }
    if (columns == 2) {
      row.putWide(page.cursor().column, code, page.cursor().style);
    } else {
      row.put(page.cursor().column, code, page.cursor().style);
    }
    advance(columns);
    lastPrinted = code;
    lastColumns = columns;
  }

  void repeat(int count) {
    if (lastPrinted == 0) {
      return;
    }
    int most = Math.min(count, page.width() * page.height());
    for (int i = 0; i < most; i++) {
      print(lastPrinted, lastColumns);
    }
  }

  private void combine(int mark) {
    if (mark < 0xa0) {
      return;
    }
    int column = page.cursor().wrapPending ? page.cursor().column : page.cursor().column - 1;
    Row row = page.shown().row(page.cursor().row);
    if (column > 0 && row.charAt(column) == Row.WIDE_TAIL) {
      column--;
    }
    if (column >= 0) {
      row.combine(column, mark);
    }
  }

  private void advance(int columns) {
    int next = page.cursor().column + columns;
    if (next >= page.width()) {
      page.cursor().column = page.width() - 1;
      page.cursor().wrapPending = page.autoWrap;
    } else {
      page.cursor().column = next;
    }
  }

  private void wrapIfPending() {
    if (page.cursor().wrapPending) {
      wrap();
    }
  }

  private void wrap() {
    page.cursor().wrapPending = false;
    page.cursor().column = 0;
    movement.index();
  }
}
