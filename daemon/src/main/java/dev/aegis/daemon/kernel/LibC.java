package dev.aegis.daemon.kernel;

import com.sun.jna.Native;

/** The few functions of libc that Java has no words for. */
final class LibC {

  static {
    Native.register(LibC.class, "c");
  }

  private LibC() {}

  static native int statx(int directory, byte[] path, int flags, int mask, byte[] out);

  static native long readlink(byte[] path, byte[] out, long size);

  static native int open(byte[] path, int flags);

  static native long read(int descriptor, byte[] out, long size);

  static native int close(int descriptor);

  static native int geteuid();
}
