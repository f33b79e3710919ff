package dev.aegis.launcher.os;

import com.sun.jna.Native;
import java.io.IOException;

/** A failed call of the C library, with its error number. */
public final class SystemCallException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int errno;

  SystemCallException(String call, int errno) {
    super(call + ": " + ErrorText.of(errno));
    this.errno = errno;
  }

  /** The failure that the calling thread's last call just reported. */
  static SystemCallException last(String call) {
    return new SystemCallException(call, Native.getLastError());
  }

  /** The error number as Linux counts them. */
  public int errno() {
    return errno;
  }
}
