package dev.aegis.launcher.screen;

/** Erases, inserts, deletes and scrolls what is on the page. */
final class Editing {

  private final Page page;

  Editing(Page page) {
    this.page = page;
  }

  void eraseInLine(int kind) {
    Row row = page.shown().row(page.cursor().row);
    int from = kind == 0 ? page.cursor().column : 0;
    int to = kind == 1 ? page.cursor().column + 1 : page.width();
    row.erase(from, to, page.cursor().style.erased());
  }

  void eraseInPage(int kind) {
    Style style = page.cursor().style.erased();
    int from = kind == 0 ? page.cursor().row + 1 : 0;
    int to = kind == 1 ? page.cursor().row : page.height();
    for (int row = from; row < to; row++) {
      page.shown().row(row).erase(0, page.width(), style);
    }
    if (kind != 2) {
      eraseInLine(kind);
    }
  }

  void eraseCharacters(int count) {
    int to = page.cursor().column + Math.min(count, page.width() - page.cursor().column);
    page.shown()
        .row(page.cursor().row)
        .erase(page.cursor().column, to, page.cursor().style.erased());
    page.cursor().wrapPending = false;
  }

  void insertCharacters(int count) {
    page.shown()
        .row(page.cursor().row)
        .insert(page.cursor().column, count, page.cursor().style.erased());
    page.cursor().wrapPending = false;
  }

  void deleteCharacters(int count) {
    page.shown()
        .row(page.cursor().row)
        .delete(page.cursor().column, count, page.cursor().style.erased());
    page.cursor().wrapPending = false;
  }

  void insertLines(int count) {
    if (page.cursor().row >= page.top() && page.cursor().row <= page.bottom()) {
      page.shown()
          .scrollDown(page.cursor().row, page.bottom(), count, page.cursor().style.erased());
    }
    page.cursor().wrapPending = false;
  }

  void deleteLines(int count) {
    if (page.cursor().row >= page.top() && page.cursor().row <= page.bottom()) {
      page.shown().scrollUp(page.cursor().row, page.bottom(), count, page.cursor().style.erased());
    }
    page.cursor().wrapPending = false;
  }

  void scrollUp(int count) {
    page.shown().scrollUp(page.top(), page.bottom(), count, page.cursor().style.erased());
  }

  void scrollDown(int count) {
    page.shown().scrollDown(page.top(), page.bottom(), count, page.cursor().style.erased());
  }

  void fillWithE() {
    page.setMargins(0, page.height() - 1);
    for (int row = 0; row < page.height(); row++) {
      for (int column = 0; column < page.width(); column++) {
        page.shown().row(row).put(column, 'E', Style.PLAIN);
      }
    }
    page.cursor().row = 0;
    page.cursor().column = 0;
    page.cursor().wrapPending = false;
  }
}
