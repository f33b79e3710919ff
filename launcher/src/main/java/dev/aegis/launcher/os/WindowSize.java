package dev.aegis.launcher.os;

/**
 * The size of a terminal's window.
 *
 * @param rows lines; 0 when the terminal does not know
 * @param columns characters a line; 0 when the terminal does not know
 * @param xPixels width in pixels; 0 when unknown
 * @param yPixels height in pixels; 0 when unknown
 */
public record WindowSize(int rows, int columns, int xPixels, int yPixels) {

  private static final long TIOCGWINSZ = 0x5413;
  private static final long TIOCSWINSZ = 0x5414;
  private static final int SIZE = 8;

  /** Asks a terminal for its size. */
  public static WindowSize of(int terminal) throws SystemCallException {
    NativeBytes winsize = new NativeBytes(SIZE);
    if (Libc.ioctl(terminal, TIOCGWINSZ, winsize.address()) != 0) {
      throw SystemCallException.last("TIOCGWINSZ");
    }
    return new WindowSize(
        Short.toUnsignedInt(winsize.shortAt(0)),
        Short.toUnsignedInt(winsize.shortAt(2)),
        Short.toUnsignedInt(winsize.shortAt(4)),
        Short.toUnsignedInt(winsize.shortAt(6)));
  }

  /** Gives a pseudo-terminal this size; its foreground group hears SIGWINCH when it changed. */
  void applyTo(int terminal) throws SystemCallException {
    NativeBytes winsize = new NativeBytes(SIZE);
    winsize.memory().setShort(0, (short) rows);
    winsize.memory().setShort(2, (short) columns);
    winsize.memory().setShort(4, (short) xPixels);
    winsize.memory().setShort(6, (short) yPixels);
    if (Libc.ioctl(terminal, TIOCSWINSZ, winsize.address()) != 0) {
      throw SystemCallException.last("TIOCSWINSZ");
    }
  }
}
