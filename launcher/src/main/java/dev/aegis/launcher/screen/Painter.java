package dev.aegis.launcher.screen;

/** Writes the sequences that make a terminal show what a page holds. */
final class Painter {

  private final StringBuilder out = new StringBuilder();
  private Style style = Style.PLAIN;

  Painter plainState() {
    out.append("\u001b[?25l\u001b[?6l\u001b[r\u001b[4l\u001b(B\u000f\u001b[0m");
    style = Style.PLAIN;
    return this;
  }

  Painter cells(Grid grid) {
    out.append("\u001b[?7l\u001b[H\u001b[2J");
    for (int row = 0; row < grid.height(); row++) {
      row(grid.row(row), row);
    }
    out.append("\u001b[?7h");
    return this;
  }

  private void row(Row row, int index) {
    boolean placed = false;
    int column = 0;
    while (column < row.width()) {
      int code = row.charAt(column);
      if (code == Row.ERASED) {
        int end = endOfErased(row, column);
        erased(row, index, column, end);
        placed = false;
        column = end;
        continue;
      }
      if (code != Row.WIDE_TAIL) {
        if (!placed) {
          goTo(index, column);
        }
        use(row.styleAt(column));
        String text = row.textAt(column);
        cell(code, text);
        // Terminals disagree about the width of anything but plain narrow characters.
        placed = (code < 0x300 || code >= Row.DRAWN) && text.length() <= 1;
      }
      column++;
    }
  }

  private static int endOfErased(Row row, int from) {
    int end = from + 1;
    while (end < row.width()
        && row.charAt(end) == Row.ERASED
        && row.styleAt(end).sameAs(row.styleAt(from))) {
      end++;
    }
    return end;
  }

  /** What was erased is erased again and not written: it is no text to select or to wrap. */
  private void erased(Row row, int index, int from, int end) {
    if (row.styleAt(from).sameAs(Style.PLAIN)) {
      return;
    }
    goTo(index, from);
    use(row.styleAt(from));
    if (end == row.width()) {
      out.append("\u001b[K");
    } else {
      out.append("\u001b[").append(end - from).append('X');
    }
  }

  /** Margins, modes, character sets and the cursor, as the program left them. */
  Painter state(Page page) {
    if (page.hasMargins()) {
      margins(page);
    }
    Cursor cursor = page.cursor();
    if (!page.autoWrap) {
      out.append("\u001b[?7l");
    }
    if (cursor.origin) {
      out.append("\u001b[?6h");
    }
    int originRow = cursor.origin ? page.top() : 0;
    if (cursor.wrapPending) {
      lastCell(page, originRow);
    } else {
      goTo(cursor.row - originRow, cursor.column);
    }
    return writing(page);
  }

  /** What the next character is written with: style, insert mode, character sets. */
  Painter writing(Page page) {
    Cursor cursor = page.cursor();
    if (page.insertMode) {
      out.append("\u001b[4h");
    }
    for (int set = 0; set < cursor.sets.length; set++) {
      if (cursor.sets[set] != Charset.ASCII) {
        out.append('\u001b').append((char) ('(' + set)).append(cursor.sets[set].designator());
      }
    }
    out.append(cursor.shift == 1 ? "\u000e" : cursor.shift == 2 ? "\u001bn" : "");
    out.append(cursor.shift == 3 ? "\u001bo" : "");
    style = cursor.style;
    SgrWriter.append(out, style);
    return this;
  }

  Painter margins(Page page) {
    out.append("\u001b[").append(page.top() + 1).append(';');
    out.append(page.bottom() + 1).append('r');
    return this;
  }

  Painter cursorVisible(boolean visible) {
    out.append(visible ? "\u001b[?25h" : "");
    return this;
  }

  /** Writes the last cell of the cursor's line again: only that leaves a wrap pending. */
  private void lastCell(Page page, int originRow) {
    Cursor cursor = page.cursor();
    Row row = page.shown().row(cursor.row);
    int column = cursor.column;
    if (row.charAt(column) == Row.WIDE_TAIL && column > 0) {
      column--;
    }
    goTo(cursor.row - originRow, column);
    rewrite(row, column);
  }

  /** As {@link #lastCell}, where the cursor stands on that cell but the line is not known. */
  Painter lastCellHere(Page page) {
    Cursor cursor = page.cursor();
    Row row = page.shown().row(cursor.row);
    int column = cursor.column;
    if (row.charAt(column) == Row.WIDE_TAIL && column > 0) {
      column--;
    }
    out.append("\u001b[").append(column + 1).append('G');
    rewrite(row, column);
    return this;
  }

  private void rewrite(Row row, int column) {
    use(row.styleAt(column));
    cell(row.charAt(column), row.textAt(column));
  }

  /** A drawn character goes out as the program wrote it: by its code in the line drawing set. */
  private void cell(int code, String text) {
    if (code >= Row.DRAWN) {
      out.append("\u001b(0").append((char) (code - Row.DRAWN)).append("\u001b(B");
      // Marks that combine with it follow its own first character.
      out.append(text, text.offsetByCodePoints(0, 1), text.length());
    } else {
      out.append(text.isEmpty() ? " " : text);
    }
  }

  Painter mode(int mode, boolean on) {
    out.append("\u001b[?").append(mode).append(on ? 'h' : 'l');
    return this;
  }

  Painter raw(String sequence) {
    out.append(sequence);
    return this;
  }

  private void goTo(int row, int column) {
    out.append("\u001b[").append(row + 1).append(';').append(column + 1).append('H');
  }

  private void use(Style next) {
    if (!next.sameAs(style)) {
      SgrWriter.append(out, next);
      style = next;
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
