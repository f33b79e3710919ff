package dev.aegis.launcher.os;

import com.sun.jna.Native;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The C library's functions that this package calls, mapped directly.
 *
 * <p>Addresses are passed as {@code long}: nothing is allocated on the way of the bytes.
 */
final class Libc {

  static {
    // Without this JNA runs ldconfig as a child process to find libraries that are not needed here.
    setIfAbsent("jna.platform.library.path", "/lib");
    setIfAbsent("jna.nosys", "true");
    String shipped = System.getProperty("aegis.native.directory", "");
    if (!shipped.isEmpty() && Files.exists(Path.of(shipped, "libjnidispatch.so"))) {
      setIfAbsent("jna.boot.library.path", shipped);
    }
    Native.register(Libc.class, (String) null);
  }

  private Libc() {}

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  static native int close(int descriptor);

  static native long read(int descriptor, long buffer, long size);

  static native long write(int descriptor, long buffer, long size);

  static native int poll(long descriptors, long count, int timeoutMilliseconds);

  static native int eventfd(int initial, int flags);

  static native int pipe2(long pair, int flags);

  static native int open(String path, int flags, int mode);

  static native int fcntl(int descriptor, int command, int argument);

  static native int ioctl(int descriptor, long request, long argument);

  static native int isatty(int descriptor);

  static native int tcgetattr(int descriptor, long termios);

  static native int tcsetattr(int descriptor, int when, long termios);

  static native void cfmakeraw(long termios);

  static native int posix_openpt(int flags);

  static native int grantpt(int master);

  static native int unlockpt(int master);

  static native int ptsname_r(int master, long buffer, long size);

  static native int posix_spawn(
      long pid, long path, long actions, long attributes, long argv, long environment);

  static native int posix_spawn_file_actions_init(long actions);

  static native int posix_spawn_file_actions_adddup2(long actions, int from, int to);

  static native int posix_spawn_file_actions_destroy(long actions);

  static native int posix_spawnattr_init(long attributes);

  static native int posix_spawnattr_setflags(long attributes, short flags);

  static native int posix_spawnattr_setsigmask(long attributes, long set);

  static native int posix_spawnattr_setsigdefault(long attributes, long set);

  static native int posix_spawnattr_destroy(long attributes);

  static native int pthread_sigmask(int how, long set, long previous);

  static native int sigemptyset(long set);

  static native int sigaddset(long set, int signal);

  static native int sigdelset(long set, int signal);

  static native int waitpid(int pid, long status, int options);

  static native int kill(int pid, int signal);

  static native int getpid();

  /** The address of a handler, 0 for the default, 1 to ignore. */
  static native long signal(int signal, long handler);

  /** Of the calls that take three whole numbers. */
  static native long syscall(long number, long first, long second, long third);

  static native int prctl(int option, long second, long third, long fourth, long fifth);
}
