package dev.aegis.policy.meaning;

import java.util.ArrayDeque;
import java.util.Deque;

/** Questions about absolute paths as text. */
final class Paths {
  private Paths() {}

  /** Tell whether a path is a directory or lies below it. */
  static boolean isWithin(String path, String directory) {
    return path.startsWith(directory)
        && (path.length() == directory.length()
            || directory.endsWith("/")
            || path.charAt(directory.length()) == '/');
  }

  /** Return the last name. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Return the directory of a path as text; empty when it has none. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** Return an absolute path without {@code .}, {@code ..} and doubled slashes. */
  static String normal(String path) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return "/" + String.join("/", names);
  }

  /** Tell whether a path lies in a home directory that is not this one. */
  static boolean isOfOtherHome(String path, String home) {
    return homeLength(path) > 0 && !isWithin(path, home);
  }

  /** Return the same path below this home directory. */
  static String asIfAtHome(String path, String home) {
    return home + path.substring(homeLength(path));
  }

  private static int homeLength(String path) {
    if (path.startsWith("/root/")) {
      return "/root".length();
    }
    boolean user = path.startsWith("/home/") || path.startsWith("/Users/");
    return user ? Math.max(0, path.indexOf('/', path.indexOf('/', 1) + 1)) : 0;
  }

  /** Return the pid that a path below {@code /proc} is about, or 0. */
  static int processOf(String path) {
    if (!path.startsWith("/proc/")) {
      return 0;
    }
    int pid = 0;
    int at = 6;
    while (at < path.length() && at < 16 && Character.isDigit(path.charAt(at))) {
      pid = pid * 10 + path.charAt(at) - '0';
      at++;
    }
    return at == path.length() || path.charAt(at) == '/' ? pid : 0;
  }
}
