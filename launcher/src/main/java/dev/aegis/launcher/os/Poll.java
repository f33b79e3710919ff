package dev.aegis.launcher.os;

import com.sun.jna.Memory;
import com.sun.jna.Native;

/** A wait for any of a few descriptors to become ready. */
public final class Poll {

  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final short POLLERR = 8;
  private static final short POLLHUP = 16;
  private static final int ENTRY = 8;

  private final NativeBytes entries;
  private final int count;

  /** A wait for up to {@code count} descriptors, each in a slot of its own. */
  public Poll(int count) {
    this.count = count;
    entries = new NativeBytes((long) count * ENTRY);
    for (int slot = 0; slot < count; slot++) {
      ignore(slot);
    }
  }

  /** Waits for a descriptor to become readable, writable, either, or to be hung up alone. */
  public void watch(int slot, int descriptor, boolean readable, boolean writable) {
    Memory memory = entries.memory();
    memory.setInt((long) slot * ENTRY, descriptor);
    int events = (readable ? POLLIN : 0) | (writable ? POLLOUT : 0);
    memory.setShort((long) slot * ENTRY + 4, (short) events);
  }

  /** Leaves a slot out. */
  public void ignore(int slot) {
    watch(slot, -1, false, false);
    entries.memory().setShort((long) slot * ENTRY + 6, (short) 0);
  }

  /**
   * Waits.
   *
   * @param milliseconds at most so long; negative means for ever
   * @return false when nothing happened in that time
   */
  public boolean await(long milliseconds) throws SystemCallException {
    int bounded = milliseconds < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, milliseconds);
    int ready = Libc.poll(entries.address(), count, bounded);
    if (ready < 0) {
      int errno = Native.getLastError();
      for (int slot = 0; slot < count; slot++) {
        entries.memory().setShort((long) slot * ENTRY + 6, (short) 0);
      }
      if (errno != Errno.EINTR) {
        throw new SystemCallException("poll", errno);
      }
    }
    return ready != 0;
  }

  /** Whether a read would not block; an end or an error shows on reading. */
  public boolean isReadable(int slot) {
    return (result(slot) & (POLLIN | POLLHUP | POLLERR)) != 0;
  }

  /** Whether a write of a little would not block. */
  public boolean isWritable(int slot) {
    return (result(slot) & (POLLOUT | POLLERR)) != 0;
  }

  /** Whether the other side is gone. */
  public boolean isHungUp(int slot) {
    return (result(slot) & (POLLHUP | POLLERR)) != 0;
  }

  private int result(int slot) {
    return entries.shortAt((long) slot * ENTRY + 6);
  }
}
