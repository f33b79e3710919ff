package dev.aegis.launcher.os;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** Zeroed memory outside the Java heap, at an address that does not move. */
final class NativeBytes {

  private final Memory memory;
  private final long address;

  NativeBytes(long size) {
    memory = new Memory(Math.max(1, size));
    memory.clear();
    address = Pointer.nativeValue(memory);
  }

  long address() {
    return address;
  }

  Memory memory() {
    return memory;
  }

  int intAt(long offset) {
    return memory.getInt(offset);
  }

  short shortAt(long offset) {
    return memory.getShort(offset);
  }
}
