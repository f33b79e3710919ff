package dev.aegis.daemon.core;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** What this process asks of the kernel for itself. */
final class OwnProcess {

  private static final int PR_SET_DUMPABLE = 4;
  private static final int OWNER_ONLY = 077;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  static {
    Native.register(OwnProcess.class, "c");
  }

  private OwnProcess() {}

  /**
   * Keep other processes of this user out of our memory and our files: no core dump, no trace, no
   * {@code /proc/PID/mem}, and nothing we create is readable by others.
   */
  static void protect() {
    umask(OWNER_ONLY);
    prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
  }

  /** Leave the session and the terminal of whoever started us. */
  static void detach() {
    try {
      setsid();
    } catch (LastErrorException e) {
      /* EPERM: we lead a process group already, so a shell started us in a job of its own. */
      if (e.getErrorCode() != 1) {
        throw e;
      }
    }
  }

  /** Send to standard error, from now on, what is written to standard output. */
  static void joinOutputs() {
    dup2(STDERR, STDOUT);
  }

  private static native int umask(int mask);

  private static native int prctl(int option, long a, long b, long c, long d)
      throws LastErrorException;

  private static native int setsid() throws LastErrorException;

  private static native int dup2(int from, int to) throws LastErrorException;
}
