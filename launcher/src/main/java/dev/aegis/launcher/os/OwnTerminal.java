package dev.aegis.launcher.os;

/** A way of one's own to a terminal that others share: it does not block, theirs is unchanged. */
public final class OwnTerminal {

  private static final int O_WRONLY = 1;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;

  private OwnTerminal() {}

  /**
   * Opens the terminal behind a descriptor anew, for writing.
   *
   * @return the new descriptor; the old one where the terminal may not be opened (another user's)
   */
  public static int writable(int descriptor) {
    int own =
        Libc.open("/proc/self/fd/" + descriptor, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC, 0);
    return own < 0 ? descriptor : own;
  }
}
