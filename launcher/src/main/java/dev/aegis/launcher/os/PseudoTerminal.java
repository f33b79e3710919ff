package dev.aegis.launcher.os;

import java.nio.charset.StandardCharsets;

/** A pseudo-terminal: the master side, held here, and the slave side, for a child. */
public final class PseudoTerminal implements AutoCloseable {

  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final long TIOCSIG = 0x40045436L;
  private static final int LONGEST_NAME = 128;

  private int master;
  private int slave;

  private PseudoTerminal(int master, int slave) {
    this.master = master;
    this.slave = slave;
  }

  /** Opens one with the modes and the size of the user's terminal. Its master never blocks. */
  public static PseudoTerminal like(TerminalModes modes, WindowSize size)
      throws SystemCallException {
    int master = Libc.posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (master < 0) {
      throw SystemCallException.last("posix_openpt");
    }
    PseudoTerminal terminal = new PseudoTerminal(master, -1);
    try {
      terminal.openSlave();
      modes.applyTo(terminal.slave);
      size.applyTo(master);
      return terminal;
    } catch (SystemCallException e) {
      terminal.close();
      throw e;
    }
  }

  private void openSlave() throws SystemCallException {
    if (Libc.grantpt(master) != 0 || Libc.unlockpt(master) != 0) {
      throw SystemCallException.last("unlockpt");
    }
    NativeBytes name = new NativeBytes(LONGEST_NAME);
    int failure = Libc.ptsname_r(master, name.address(), LONGEST_NAME);
    if (failure != 0) {
      throw new SystemCallException("ptsname", failure);
    }
    String path = name.memory().getString(0, StandardCharsets.UTF_8.name());
    slave = Libc.open(path, O_RDWR | O_NOCTTY | O_CLOEXEC, 0);
    if (slave < 0) {
      throw SystemCallException.last(path);
    }
  }

  /** The master's descriptor. */
  public int master() {
    return master;
  }

  /** The slave's descriptor, for a child. */
  public int slave() {
    return slave;
  }

  /** Closes this process's slave, so that the end of the last child is seen on the master. */
  public void closeSlave() {
    if (slave >= 0) {
      Libc.close(slave);
      slave = -1;
    }
  }

  /** Gives it a new size. */
  public void resize(WindowSize size) throws SystemCallException {
    size.applyTo(master);
  }

  /** Sends a signal to its foreground process group, as a typed control character would. */
  public void signalForeground(int signal) throws SystemCallException {
    if (Libc.ioctl(master, TIOCSIG, signal) != 0) {
      throw SystemCallException.last("TIOCSIG");
    }
  }

  /** Hangs up: what still runs on it hears SIGHUP. */
  @Override
  public void close() {
    closeSlave();
    if (master >= 0) {
      Libc.close(master);
      master = -1;
    }
  }
}
