package dev.aegis.launcher.os;

import java.util.List;

/** A NULL-terminated array of C strings. */
final class CStrings {

  private static final int POINTER = 8;

  private final NativeBytes block;

  CStrings(List<byte[]> strings) {
    long table = (long) (strings.size() + 1) * POINTER;
    long size = table;
    for (byte[] string : strings) {
      size += string.length + 1L;
    }
    block = new NativeBytes(size);
    long at = table;
    for (int i = 0; i < strings.size(); i++) {
      byte[] string = strings.get(i);
      block.memory().setLong((long) i * POINTER, block.address() + at);
      block.memory().write(at, string, 0, string.length);
      at += string.length + 1L;
    }
  }

  long address() {
    return block.address();
  }

  /** The address of the first string. */
  long first() {
    return block.memory().getLong(0);
  }
}
