package dev.aegis.launcher.os;

import java.util.Map;

/** What error numbers mean, in the words that every other program uses for them. */
final class ErrorText {

  private static final Map<Integer, String> TEXTS =
      Map.ofEntries(
          Map.entry(1, "Operation not permitted"),
          Map.entry(2, "No such file or directory"),
          Map.entry(3, "No such process"),
          Map.entry(5, "Input/output error"),
          Map.entry(7, "Argument list too long"),
          Map.entry(8, "Exec format error"),
          Map.entry(9, "Bad file descriptor"),
          Map.entry(11, "Resource temporarily unavailable"),
          Map.entry(12, "Cannot allocate memory"),
          Map.entry(13, "Permission denied"),
          Map.entry(19, "No such device"),
          Map.entry(22, "Invalid argument"),
          Map.entry(23, "Too many open files in system"),
          Map.entry(24, "Too many open files"),
          Map.entry(25, "Inappropriate ioctl for device"),
          Map.entry(28, "No space left on device"));

  private ErrorText() {}

  static String of(int errno) {
    return TEXTS.getOrDefault(errno, "error " + errno);
  }
}
