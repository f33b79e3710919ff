package dev.aegis.launcher.os;

/** Error numbers of Linux that decisions are made on (the same on x86-64 and aarch64). */
final class Errno {

  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;

  private Errno() {}
}
