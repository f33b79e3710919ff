package dev.aegis.policy.command;

import java.util.Set;

/** Names by which programs are known, whatever their path and version. */
public final class ProgramName {
  private static final Set<String> VERSIONED =
      Set.of(
          "python",
          "perl",
          "ruby",
          "php",
          "lua",
          "pip",
          "node",
          "pypy",
          "tclsh",
          "gcc",
          "clang",
          "mkfs.ext");
  private static final String[] SUFFIXES = {".exe", "-cli.js", ".js", ".cjs", ".mjs", ".py"};

  private ProgramName() {}

  /**
   * Return the base name without version and script suffix: {@code /usr/bin/python3.11} is {@code
   * python}, {@code …/npm-cli.js} is {@code npm}.
   */
  public static String of(String program) {
    String name = program.substring(program.lastIndexOf('/') + 1);
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix) && name.length() > suffix.length()) {
        name = name.substring(0, name.length() - suffix.length());
        break;
      }
    }
    int end = name.length();
    while (end > 1 && (Character.isDigit(name.charAt(end - 1)) || name.charAt(end - 1) == '.')) {
      end--;
    }
    String unversioned = name.substring(0, end);
    return VERSIONED.contains(unversioned) ? unversioned : name;
  }
}
