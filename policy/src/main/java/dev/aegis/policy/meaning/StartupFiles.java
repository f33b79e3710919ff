package dev.aegis.policy.meaning;

import java.util.List;

/**
 * The part of the baseline that is about files: what every program reads as it starts.
 *
 * <p>The same line stands in the native core; docs/policy-engine.md says where and why.
 */
final class StartupFiles {
  private static final List<String> READ_ONLY =
      List.of("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin", "/etc");

  private StartupFiles() {}

  static boolean isRead(String path, Place place) {
    if (place == Place.TERMINAL || path.startsWith("/proc/self/")) {
      return true;
    }
    for (String directory : READ_ONLY) {
      if (Paths.isWithin(path, directory)) {
        return true;
      }
    }
    return place == Place.PROCESS;
  }
}
