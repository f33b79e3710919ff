package dev.aegis.launcher.os;

import com.sun.jna.Native;

/** A child process: waited for, signalled. */
public final class Child {

  private static final int WUNTRACED = 2;
  private static final int WCONTINUED = 8;
  private static final int CONTINUED = 0xffff;
  private static final int STOPPED = 0x7f;

  private final int pid;

  Child(int pid) {
    this.pid = pid;
  }

  /** What became of a child. */
  public sealed interface Change permits Ended, Stopped, Continued {}

  /**
   * It ended.
   *
   * @param status as a shell reports it: its exit status, or 128 + the signal that ended it
   */
  public record Ended(int status) implements Change {}

  /**
   * It was stopped.
   *
   * @param signal the signal that stopped it
   */
  public record Stopped(int signal) implements Change {}

  /** It goes on. */
  public record Continued() implements Change {}

  /** Its process id. */
  public int pid() {
    return pid;
  }

  /** Waits until it ends, stops or continues. One thread only; not after it ended. */
  public Change await() throws SystemCallException {
    NativeBytes status = new NativeBytes(Integer.BYTES);
    while (Libc.waitpid(pid, status.address(), WUNTRACED | WCONTINUED) < 0) {
      int errno = Native.getLastError();
      if (errno != Errno.EINTR) {
        throw new SystemCallException("waitpid", errno);
      }
    }
    return decode(status.intAt(0));
  }

  static Change decode(int status) {
    if (status == CONTINUED) {
      return new Continued();
    }
    int low = status & 0x7f;
    if ((status & 0xff) == STOPPED) {
      return new Stopped(status >> 8 & 0xff);
    }
    return new Ended(low == 0 ? status >> 8 & 0xff : 128 + low);
  }

  /** Sends it a signal; nothing when it is gone already. */
  public void signal(int number) {
    Libc.kill(pid, number);
  }
}
