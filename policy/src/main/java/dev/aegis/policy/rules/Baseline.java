package dev.aegis.policy.rules;

import java.util.List;

/** The directories of the baseline, as far as rules may name them. */
final class Baseline {
  private static final List<String> ROOTS =
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
          "/proc",
          "/dev",
          "/sys",
          "/run/systemd/resolve",
          "/var/cache");

  private Baseline() {}

  /** Tell whether text that every match starts with lies in the baseline. */
  static boolean isNamedBy(String literalStart) {
    for (String root : ROOTS) {
      if (literalStart.startsWith(root)
          && (literalStart.length() == root.length()
              || literalStart.charAt(root.length()) == '/')) {
        return true;
      }
    }
    return false;
  }
}
