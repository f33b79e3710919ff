package dev.aegis.launcher.screen;

/** Carries out controls and sequences on the page, as xterm and tmux agree on them. */
final class Interpreter implements VtParser.Sink {

  private final Page page;
  private final Modes modes;
  private final Movement movement;
  private final Printing printing;
  private final Editing editing;

  Interpreter(Page page, Modes modes) {
    this.page = page;
    this.modes = modes;
    movement = new Movement(page);
    printing = new Printing(page, movement);
    editing = new Editing(page);
  }

  @Override
  public void ascii(byte[] bytes, int from, int length) {
    printing.ascii(bytes, from, length);
  }

  @Override
  public void print(int codePoint) {
    printing.print(codePoint);
  }

  @Override
  public void control(int code) {
    switch (code) {
      case 0x08 -> movement.left(1);
      case 0x09 -> movement.tabForward(1);
      case 0x0a, 0x0b, 0x0c -> movement.lineFeed();
      case 0x0d -> movement.carriageReturn();
      case 0x0e -> page.cursor().shift = 1;
      case 0x0f -> page.cursor().shift = 0;
      default -> {}
    }
  }

  @Override
  public void escape(char intermediate, char last) {
    switch (intermediate) {
      case 0 -> escape(last);
      case '(', ')', '*', '+' -> page.cursor().sets[intermediate - '('] = Charset.of(last);
      case '#' -> {
        if (last == '8') {
          editing.fillWithE();
        }
      }
      default -> {}
    }
  }

  private void escape(char last) {
    switch (last) {
      case '7' -> page.saveCursor();
      case '8' -> page.restoreCursor();
      case 'D' -> movement.lineFeed();
      case 'E' -> {
        movement.carriageReturn();
        movement.index();
      }
      case 'H' -> page.tabs().set(page.cursor().column);
      case 'M' -> movement.reverseIndex();
      case 'n' -> page.cursor().shift = 2;
      case 'o' -> page.cursor().shift = 3;
      case 'c' -> {
        page.reset();
        modes.reset();
      }
      default -> {}
    }
  }

  @Override
  public void sequence(ControlSequence s) {
    if (s.marker() == '?') {
      privateSequence(s);
    } else if (s.marker() == '>' || s.marker() == '=' || s.marker() == '<') {
      modes.keyboard(s, page.isAlternate());
    } else if (s.intermediate() == '!' && s.last() == 'p') {
      page.softReset();
      modes.softReset();
    } else if (s.intermediate() == 0) {
      plain(s);
    }
  }

  private void plain(ControlSequence s) {
    int n = s.orDefault(0, 1);
    switch (s.last()) {
      case '@' -> editing.insertCharacters(n);
      case 'A' -> movement.up(n);
      case 'B', 'e' -> movement.down(n);
      case 'C', 'a' -> movement.right(n);
      case 'D' -> movement.left(n);
      case 'E' -> {
        movement.down(n);
        movement.carriageReturn();
      }
      case 'F' -> {
        movement.up(n);
        movement.carriageReturn();
      }
      case 'G', '`' -> movement.moveToColumn(n - 1);
      case 'H', 'f' -> movement.moveTo(n - 1, s.orDefault(1, 1) - 1);
      case 'I' -> movement.tabForward(n);
      case 'J' -> eraseInPage(s.raw(0));
      case 'K' -> eraseInLine(s.raw(0));
      case 'L' -> editing.insertLines(n);
      case 'M' -> editing.deleteLines(n);
      case 'P' -> editing.deleteCharacters(n);
      case 'S' -> editing.scrollUp(n);
      case 'T' -> scrollDown(s, n);
      case 'X' -> editing.eraseCharacters(n);
      case 'Z' -> movement.tabBackward(n);
      case 'b' -> printing.repeat(n);
      case 'd' -> moveToRow(n - 1);
      case 'g' -> clearTab(s.raw(0));
      case 'h' -> ansiMode(s, true);
      case 'l' -> ansiMode(s, false);
      case 'm' -> page.cursor().style = SgrReader.apply(page.cursor().style, s);
      case 'r' -> movement.margins(n - 1, s.orDefault(1, page.height()) - 1);
      case 's' -> page.saveCursor();
      case 'u' -> page.restoreCursor();
      default -> {}
    }
  }

  private void eraseInPage(int kind) {
    if (kind <= 2) {
      editing.eraseInPage(kind);
    }
  }

  private void eraseInLine(int kind) {
    if (kind <= 2) {
      editing.eraseInLine(kind);
    }
  }

  /** With more than one parameter {@code CSI … T} is a report of highlighting, not a scroll. */
  private void scrollDown(ControlSequence s, int count) {
    if (s.count() <= 1) {
      editing.scrollDown(count);
    }
  }

  private void moveToRow(int row) {
    movement.moveTo(row, page.cursor().column);
  }

  private void clearTab(int kind) {
    if (kind == 0) {
      page.tabs().clear(page.cursor().column);
    } else if (kind == 3) {
      page.tabs().clearAll();
    }
  }

  private void ansiMode(ControlSequence s, boolean on) {
    for (int i = 0; i < s.count(); i++) {
      switch (s.raw(i)) {
        case 4 -> page.insertMode = on;
        case 20 -> page.lineFeedReturns = on;
        default -> {}
      }
    }
  }

  private void privateSequence(ControlSequence s) {
    switch (s.last()) {
      case 'h' -> privateModes(s, true);
      case 'l' -> privateModes(s, false);
      case 'J' -> eraseInPage(s.raw(0));
      case 'K' -> eraseInLine(s.raw(0));
      default -> {}
    }
  }

  private void privateModes(ControlSequence s, boolean on) {
    for (int i = 0; i < s.count(); i++) {
      int mode = s.raw(i);
      modes.set(mode, on);
      switch (mode) {
        case 6 -> {
          page.cursor().origin = on;
          movement.moveTo(0, 0);
        }
        case 7 -> {
          page.autoWrap = on;
          page.cursor().wrapPending &= on;
        }
        case 47, 1047 -> alternate(on, false);
        case 1048 -> saved(on);
        case 1049 -> alternate(on, true);
        default -> {}
      }
    }
  }

  private void alternate(boolean on, boolean withCursor) {
    if (on) {
      page.enterAlternate();
    } else {
      page.leaveAlternate(withCursor);
    }
  }

  private void saved(boolean on) {
    if (on) {
      page.saveCursor();
    } else {
      page.restoreCursor();
    }
  }
}
