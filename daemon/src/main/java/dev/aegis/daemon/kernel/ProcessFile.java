package dev.aegis.daemon.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A file of {@code /proc/PID} that is asked for with each process and each of its operations: by
 * three calls of the kernel, without the channels and exceptions of Java.
 */
public final class ProcessFile {

  private static final int MOST = 1024;
  private static final int READ_ONLY_CLOSED_ON_EXECUTE = 0x80000;

  private ProcessFile() {}

  /** Read the first 1024 bytes at most, in Latin-1; empty when the process is gone. */
  public static Optional<String> read(int pid, String name) {
    byte[] path = ("/proc/" + pid + "/" + name + "\0").getBytes(StandardCharsets.ISO_8859_1);
    int descriptor = LibC.open(path, READ_ONLY_CLOSED_ON_EXECUTE);
    if (descriptor < 0) {
      return Optional.empty();
    }
    byte[] bytes = new byte[MOST];
    long size = LibC.read(descriptor, bytes, bytes.length);
    LibC.close(descriptor);
    return size <= 0
        ? Optional.empty()
        : Optional.of(new String(bytes, 0, (int) size, StandardCharsets.ISO_8859_1));
  }
}
