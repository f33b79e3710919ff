package dev.aegis.launcher.screen;

import java.nio.charset.StandardCharsets;

/**
 * What the user's terminal shows: fed with everything that is written to it, it can lend the screen
 * to somebody else and give it back as it was.
 *
 * <p>Not safe for use by several threads.
 */
public final class ScreenModel {

  private static final int SMALLEST = 1;
  private static final int LARGEST = 4096;

  /** From so many bytes on it is worth a look whether all of them matter. */
  private static final int FLOOD = 8192;

  private final Page page;
  private final Modes modes = new Modes();
  private final VtParser parser;

  /** A blank screen of that many rows and columns (each taken as 1 to 4,096). */
  public ScreenModel(int rows, int columns) {
    page = new Page(bounded(rows), bounded(columns));
    parser = new VtParser(new Interpreter(page, modes));
  }

  /** Takes note of output in the order in which the terminal gets it. */
  public void feed(byte[] bytes, int from, int length) {
    int end = from + length;
    int start = from;
    if (length > FLOOD && !page.hasMargins()) {
      while (parser.isInside() && start < end) {
        parser.feed(bytes, start++, 1);
      }
      start = Skim.start(bytes, start, end - start, page.height());
    }
    parser.feed(bytes, start, end - start);
  }

  /** Follows the terminal to a new size. */
  public void resize(int rows, int columns) {
    page.resize(bounded(rows), bounded(columns));
  }

  /** Whether a full-screen program shows the alternate screen. */
  public boolean isAlternate() {
    return page.isAlternate();
  }

  /** Whether the cursor stands in the first column, so that a line can begin there. */
  public boolean isAtLineStart() {
    return page.cursor().column == 0;
  }

  /** Rows of the screen. */
  public int rows() {
    return page.height();
  }

  /** Columns of the screen. */
  public int columns() {
    return page.width();
  }

  /** Whether the output so far ends inside a sequence or character. */
  public boolean isInsideSequence() {
    return parser.isInside();
  }

  /**
   * The sequence that makes the screen somebody else's: an empty screen in plain state, nothing
   * reported but keys, the cursor hidden.
   */
  public byte[] borrow() {
    Painter painter = new Painter();
    // CAN ends a sequence that the program has begun; give back begins it again.
    painter.raw(isInsideSequence() ? "\u0018" : "");
    for (int mode : modes.reporting()) {
      painter.mode(mode, false);
    }
    if (page.isAlternate()) {
      painter.raw(modes.hasEnhancedKeyboard(true) ? "\u001b[>0u" : "");
    } else {
      painter.mode(1049, true);
    }
    painter.plainState().raw("\u001b[?7h\u001b[H\u001b[2J");
    return painter.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The sequence that undoes {@link #borrow}: the screen as the program left it. */
  public byte[] giveBack() {
    Painter painter = new Painter().plainState();
    if (page.isAlternate()) {
      painter.cells(page.shown()).state(page);
      painter.raw(modes.hasEnhancedKeyboard(true) ? "\u001b[<1u" : "");
    } else {
      main(painter);
    }
    for (int mode : modes.reporting()) {
      painter.mode(mode, true);
    }
    painter.cursorVisible(modes.isCursorVisible());
    byte[] screen = painter.toString().getBytes(StandardCharsets.UTF_8);
    byte[] begun = parser.unfinished();
    byte[] all = new byte[screen.length + begun.length];
    System.arraycopy(screen, 0, all, 0, screen.length);
    System.arraycopy(begun, 0, all, screen.length, begun.length);
    return all;
  }

  /**
   * The terminal itself brings the main screen back. Where its lines stand is not known here (the
   * run began somewhere on it), so nothing is placed by line.
   */
  private void main(Painter painter) {
    painter.raw("\u001b[H\u001b[2J");
    if (page.hasMargins()) {
      painter.margins(page);
    }
    if (!page.autoWrap) {
      painter.mode(7, false);
    }
    if (page.cursor().origin) {
      painter.mode(6, true);
    }
    painter.mode(1049, false);
    if (page.cursor().wrapPending) {
      painter.lastCellHere(page);
    }
    painter.writing(page);
  }

  /** The text of one row as it shows, without what is erased at its end. */
  String line(int row) {
    Row cells = page.shown().row(row);
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < cells.width(); column++) {
      if (cells.charAt(column) != Row.WIDE_TAIL) {
        String cell = cells.textAt(column);
        text.append(cell.isEmpty() ? " " : cell);
      }
    }
    return text.toString().stripTrailing();
  }

  Page page() {
    return page;
  }

  private static int bounded(int size) {
    return Math.max(SMALLEST, Math.min(LARGEST, size));
  }
}
