package dev.aegis.launcher.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** This process as the kernel started it, and as others may see it. */
public final class OwnProcess {

  private static final int PR_SET_DUMPABLE = 4;
  private static final long SIG_IGN = 1;

  private OwnProcess() {}

  /** Closes this process's memory to everybody else, debuggers of the same user included. */
  public static void makeUndumpable() throws SystemCallException {
    if (Libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
      throw SystemCallException.last("PR_SET_DUMPABLE");
    }
  }

  /** Lets SIGQUIT pass: the JVM would write its threads into the wrapped program's output. */
  public static void ignoreQuit() {
    Libc.signal(SignalNumber.QUIT, SIG_IGN);
  }

  /** The bytes of the command line; Java's strings lose what its locale cannot spell. */
  public static List<byte[]> commandLine() throws IOException {
    return split(Files.readAllBytes(Path.of("/proc/self/cmdline")));
  }

  /** The bytes of the environment, {@code NAME=value} each, as at the start. */
  public static List<byte[]> environment() throws IOException {
    return split(Files.readAllBytes(Path.of("/proc/self/environ")));
  }

  /** Splits NUL-terminated entries. */
  public static List<byte[]> split(byte[] joined) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < joined.length; i++) {
      if (joined[i] == 0) {
        parts.add(Arrays.copyOfRange(joined, from, i));
        from = i + 1;
      }
    }
    return parts;
  }
}
