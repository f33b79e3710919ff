package dev.aegis.launcher.screen;

/** Moves the cursor over the page, which scrolls where the cursor would leave the margins. */
final class Movement {

  private final Page page;

  Movement(Page page) {
    this.page = page;
  }

  void moveTo(int row, int column) {
    int first = page.cursor().origin ? page.top() : 0;
    int last = page.cursor().origin ? page.bottom() : page.height() - 1;
    page.cursor().row = clamp(row + first, first, last);
    moveToColumn(column);
  }

  void moveToColumn(int column) {
    page.cursor().column = clamp(column, 0, page.width() - 1);
    page.cursor().wrapPending = false;
  }

  void up(int count) {
    int limit = page.cursor().row >= page.top() ? page.top() : 0;
    page.cursor().row = Math.max(limit, page.cursor().row - count);
    page.cursor().wrapPending = false;
  }

  void down(int count) {
    int limit = page.cursor().row <= page.bottom() ? page.bottom() : page.height() - 1;
    page.cursor().row = Math.min(limit, page.cursor().row + count);
    page.cursor().wrapPending = false;
  }

  void right(int count) {
    moveToColumn(page.cursor().column + Math.min(count, page.width()));
  }

  void left(int count) {
    moveToColumn(page.cursor().column - Math.min(count, page.width()));
  }

  void tabForward(int count) {
    int column = page.cursor().column;
    for (int i = 0; i < count && column < page.width() - 1; i++) {
      column = page.tabs().after(column, page.width() - 1);
    }
    // A tab at the margin leaves a pending wrap pending.
    if (column != page.cursor().column) {
      moveToColumn(column);
    }
  }

  void tabBackward(int count) {
    int column = page.cursor().column;
    for (int i = 0; i < count && column > 0; i++) {
      column = page.tabs().before(column);
    }
    moveToColumn(column);
  }

  void carriageReturn() {
    moveToColumn(0);
  }

  void lineFeed() {
    page.cursor().wrapPending = false;
    index();
    if (page.lineFeedReturns) {
      page.cursor().column = 0;
    }
  }

  void index() {
    if (page.cursor().row == page.bottom()) {
      page.shown().scrollUp(page.top(), page.bottom(), 1, page.cursor().style.erased());
    } else if (page.cursor().row < page.height() - 1) {
      page.cursor().row++;
    }
  }

  void reverseIndex() {
    page.cursor().wrapPending = false;
    if (page.cursor().row == page.top()) {
      page.shown().scrollDown(page.top(), page.bottom(), 1, page.cursor().style.erased());
    } else if (page.cursor().row > 0) {
      page.cursor().row--;
    }
  }

  /** Sets the rows that scroll, and goes home. */
  void margins(int first, int last) {
    if (page.setMargins(first, last)) {
      moveTo(0, 0);
    }
  }

  private static int clamp(int value, int least, int most) {
    return Math.max(least, Math.min(most, value));
  }
}
