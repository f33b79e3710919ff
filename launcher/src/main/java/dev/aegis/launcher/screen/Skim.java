package dev.aegis.launcher.screen;

/**
 * Finds out how much of a flood of output can be passed over, because all that it put on the screen
 * has scrolled away again.
 *
 * <p>Only where the output is nothing but text, line ends and colours: then what shows in the end
 * is decided by as many of the last lines as the screen has.
 */
final class Skim {

  private static final byte ESC = 0x1b;

  private final byte[] bytes;
  private final int end;
  private final int[] lineStarts;
  private int lines;
  private int lastAscii = -1;
  private boolean colored;

  private Skim(byte[] bytes, int end, int height) {
    this.bytes = bytes;
    this.end = end;
    // The cursor may have to go down the whole screen before the first line scrolls.
    lineStarts = new int[2 * height + 1];
  }

  /**
   * Looks at output that begins outside of any sequence, on a screen that scrolls as a whole.
   *
   * @return where what matters begins
   */
  static int start(byte[] bytes, int from, int length, int height) {
    Skim skim = new Skim(bytes, from + length, height);
    return skim.isSimple(from) ? skim.startOfTail(from) : from;
  }

  private boolean isSimple(int from) {
    int i = from;
    while (i < end) {
      int text = i;
      i = endOfText(i);
      if (i > text && bytes[i - 1] >= ' ' && bytes[i - 1] < 0x7f) {
        lastAscii = i - 1;
      }
      if (i == end) {
        return true;
      }
      byte b = bytes[i];
      if (b == '\r' && i + 1 < end && bytes[i + 1] == '\n') {
        lineStarts[lines++ % lineStarts.length] = i;
        i += 2;
      } else if (b == '\r' || b == '\t') {
        i++;
      } else if (b == ESC) {
        int next = colorOrErase(i);
        if (next < 0) {
          return false;
        }
        i = next;
      } else {
        return false;
      }
    }
    return true;
  }

  private int endOfText(int from) {
    byte[] output = bytes;
    int last = end;
    int i = from;
    // Bytes of characters beyond ASCII are negative, and text.
    while (i < last && (output[i] & 0xe0) != 0) {
      i++;
    }
    return i;
  }

  /**
   * The end of a change of style, or of an erasure to the end of the line, even of a cut one; -1
   * for all else.
   */
  private int colorOrErase(int escape) {
    int i = escape + 2;
    if (i > end || (i == end && bytes[escape + 1] == '[')) {
      return end;
    }
    if (bytes[escape + 1] != '[') {
      return -1;
    }
    while (i < end && bytes[i] >= '0' && bytes[i] <= ';') {
      i++;
    }
    if (i == end) {
      return end;
    }
    if (bytes[i] != 'm' && bytes[i] != 'K') {
      return -1;
    }
    colored |= bytes[i] == 'm';
    return i + 1;
  }

  private int startOfTail(int from) {
    if (lines <= lineStarts.length) {
      return from;
    }
    int tail = lineStarts[lines % lineStarts.length];
    // With nothing printed in the tail, what a later REP repeats would stand before it.
    if (lastAscii < tail) {
      return from;
    }
    if (!colored) {
      return tail;
    }
    // The style at the tail is known from the last reset before it on.
    int reset = tail;
    while (reset >= from && !(bytes[reset] == ESC && isResetAt(reset))) {
      reset--;
    }
    return Math.max(reset, from);
  }

  private boolean isResetAt(int escape) {
    int i = escape + 2;
    if (i < end && bytes[i] == '0') {
      i++;
    }
    return i < end && bytes[i] == 'm';
  }
}
