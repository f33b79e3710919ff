package dev.aegis.policy.meaning;

import dev.aegis.operation.FileIdentity;
import java.util.List;
import java.util.Optional;

/**
 * The part of the baseline that is about files: what every program reads as it starts.
 *
 * <p>The same line stands in the native core, {@code core/baseline.def}; a test holds the two
 * together, docs/policy-engine.md says where the line runs and why.
 */
final class StartupFiles {
  private static final int READABLE_BY_ALL = 04;
  private static final List<String> READ_ONLY =
      List.of(
          "/usr",
          "/lib",
          "/lib32",
          "/lib64",
          "/libx32",
          "/bin",
          "/sbin",
          "/opt",
          "/etc",
          "/sys/devices/system",
          "/sys/fs/cgroup",
          "/sys/kernel/mm/transparent_hugepage",
          "/run/systemd/resolve/resolv.conf",
          "/run/systemd/resolve/stub-resolv.conf",
          "/var/cache/fontconfig",
          "/var/cache/nscd");

  private StartupFiles() {}

  /** Return the directories of which every program reads. */
  static List<String> directories() {
    return READ_ONLY;
  }

  /** Tell whether reading belongs to the baseline, for a file that is no secret. */
  static boolean isRead(String path, Place place, Optional<FileIdentity> identity) {
    if (place == Place.TERMINAL || place == Place.PROCESS) {
      return true;
    }
    if (path.equals("/proc") || path.startsWith("/proc/")) {
      return place != Place.FOREIGN_PROCESS || !ReadMeaning.looksInside(path);
    }
    for (String directory : READ_ONLY) {
      if (Paths.isWithin(path, directory)) {
        return identity.map(id -> (id.mode() & READABLE_BY_ALL) != 0).orElse(true);
      }
    }
    return false;
  }
}
