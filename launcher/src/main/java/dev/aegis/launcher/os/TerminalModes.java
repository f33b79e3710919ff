package dev.aegis.launcher.os;

/**
 * The modes of the user's terminal: taken as they are, made raw, put back.
 *
 * <p>Safe for use by several threads: {@link #restore} may come from a shutdown hook at any moment.
 */
public final class TerminalModes {

  private static final int TCSANOW = 0;
  private static final int TCSADRAIN = 1;
  private static final int SIZE = 64;

  private final int terminal;
  private final NativeBytes original = new NativeBytes(SIZE);
  private final NativeBytes raw = new NativeBytes(SIZE);
  private boolean isRaw;

  private TerminalModes(int terminal) {
    this.terminal = terminal;
  }

  /** Notes the modes that a terminal has now. */
  public static TerminalModes of(int terminal) throws SystemCallException {
    TerminalModes modes = new TerminalModes(terminal);
    modes.note();
    return modes;
  }

  private void note() throws SystemCallException {
    if (Libc.tcgetattr(terminal, original.address()) != 0) {
      throw SystemCallException.last("tcgetattr");
    }
    byte[] bytes = original.memory().getByteArray(0, SIZE);
    raw.memory().write(0, bytes, 0, SIZE);
    Libc.cfmakeraw(raw.address());
  }

  /** Passes every byte through, uninterpreted. What is typed meanwhile stays. */
  public synchronized void makeRaw() throws SystemCallException {
    isRaw = true;
    set(raw, TCSADRAIN);
  }

  /** Notes the modes anew, as the shell left them, and makes the terminal raw. */
  public synchronized void makeRawAgain() throws SystemCallException {
    note();
    makeRaw();
  }

  /** Puts the noted modes back; does nothing when they are in force. */
  public synchronized void restore() throws SystemCallException {
    if (isRaw) {
      isRaw = false;
      set(original, TCSADRAIN);
    }
  }

  void applyTo(int otherTerminal) throws SystemCallException {
    if (Libc.tcsetattr(otherTerminal, TCSANOW, original.address()) != 0) {
      throw SystemCallException.last("tcsetattr");
    }
  }

  private void set(NativeBytes modes, int when) throws SystemCallException {
    while (Libc.tcsetattr(terminal, when, modes.address()) != 0) {
      SystemCallException failure = SystemCallException.last("tcsetattr");
      if (failure.errno() != Errno.EINTR) {
        throw failure;
      }
    }
  }
}
