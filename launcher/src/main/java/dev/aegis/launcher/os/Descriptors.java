package dev.aegis.launcher.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The descriptors of this process: what they are, and which of them a child shall inherit. */
public final class Descriptors {

  private static final int F_GETFD = 1;
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final int FIRST_PRIVATE = 3;
  private static final int O_CLOEXEC = 0x80000;

  private final Set<Integer> inherited;

  /** The descriptors that children shall inherit, besides 0, 1 and 2. */
  public Descriptors(Set<Integer> inherited) {
    this.inherited = Set.copyOf(inherited);
  }

  /** Whether a descriptor is open on a terminal. */
  public static boolean isTerminal(int descriptor) {
    return Libc.isatty(descriptor) == 1;
  }

  /** Keeps all others from children; Java's sockets, for one, would be inherited. */
  public void keepOthersPrivate() throws IOException {
    for (int descriptor : inheritable()) {
      if (!inherited.contains(descriptor)) {
        Libc.fcntl(descriptor, F_SETFD, FD_CLOEXEC);
      }
    }
  }

  /** Closes a descriptor. */
  public static void close(int descriptor) throws SystemCallException {
    if (Libc.close(descriptor) != 0) {
      throw SystemCallException.last("close");
    }
  }

  /**
   * Makes a pipe that no child inherits unless it is given.
   *
   * @return the end to read from, and the end to write to
   */
  public static int[] pipe() throws SystemCallException {
    NativeBytes pair = new NativeBytes(2L * Integer.BYTES);
    if (Libc.pipe2(pair.address(), O_CLOEXEC) != 0) {
      throw SystemCallException.last("pipe");
    }
    return new int[] {pair.intAt(0), pair.intAt(Integer.BYTES)};
  }

  private static Set<Integer> inheritable() throws IOException {
    Set<Integer> found = new TreeSet<>();
    try (Stream<Path> entries = Files.list(Path.of("/proc/thread-self/fd"))) {
      entries.map(entry -> Integer.parseInt(entry.getFileName().toString())).forEach(found::add);
    }
    found.removeIf(Descriptors::isPrivate);
    return found;
  }

  private static boolean isPrivate(int descriptor) {
    int flags = Libc.fcntl(descriptor, F_GETFD, 0);
    return descriptor < FIRST_PRIVATE || flags < 0 || (flags & FD_CLOEXEC) != 0;
  }
}
