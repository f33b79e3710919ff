package dev.aegis.launcher.os;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Reads and writes of one descriptor through a buffer outside the Java heap. */
public final class Channel {

  /** What {@link #read} and {@link #write} return when the descriptor is not ready. */
  public static final int NOT_READY = -1;

  /** What {@link #read} returns at the end, and {@link #write} when the other side is gone. */
  public static final int ENDED = -2;

  private final int descriptor;

  /** Reads from and writes to a descriptor, which stays its owner's. */
  public Channel(int descriptor) {
    this.descriptor = descriptor;
  }

  /** The descriptor. */
  public int descriptor() {
    return descriptor;
  }

  /**
   * Reads once.
   *
   * @return the number of bytes, {@link #NOT_READY} or {@link #ENDED}
   */
  public int read(Memory buffer, int at, int most) {
    long address = Pointer.nativeValue(buffer) + at;
    while (true) {
      long count = Libc.read(descriptor, address, most);
      if (count > 0) {
        return (int) count;
      }
      int errno = count == 0 ? Errno.EIO : Native.getLastError();
      if (errno != Errno.EINTR) {
        return errno == Errno.EAGAIN ? NOT_READY : ENDED;
      }
    }
  }

  /**
   * Writes once.
   *
   * @return the number of bytes taken, {@link #NOT_READY} or {@link #ENDED}
   */
  public int write(Memory buffer, int at, int length) {
    long address = Pointer.nativeValue(buffer) + at;
    while (true) {
      long count = Libc.write(descriptor, address, length);
      if (count >= 0) {
        return (int) count;
      }
      int errno = Native.getLastError();
      if (errno != Errno.EINTR) {
        return errno == Errno.EAGAIN ? NOT_READY : ENDED;
      }
    }
  }
}
