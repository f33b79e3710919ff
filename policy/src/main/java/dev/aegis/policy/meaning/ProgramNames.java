package dev.aegis.policy.meaning;

import dev.aegis.policy.Surroundings;

/** What the path of an executable says of the program. */
final class ProgramNames {
  private ProgramNames() {}

  /**
   * Return the name by which the catalogue knows a program: the base name without version and
   * script suffix; {@code npm-cli.js} is {@code npm}.
   */
  static String base(String program) {
    String name = Paths.name(program);
    for (String suffix : new String[] {".exe", "-cli.js", ".js", ".cjs", ".mjs", ".py"}) {
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
    return switch (unversioned) {
      case "python", "perl", "ruby", "php", "lua", "pip", "node" -> unversioned;
      default -> name;
    };
  }

  /** Tell whether a program lies where the session does not write: not its own making. */
  static boolean isInstalled(String program, Surroundings s) {
    return s.workspaces().stream().noneMatch(w -> Paths.isWithin(program, w))
        && (Places.isSystem(program)
            || s.scratchDirectories().stream().noneMatch(d -> Paths.isWithin(program, d)))
        && s.identify(program).map(id -> !s.createdBySession(id)).orElse(false);
  }

  /** Tell whether the program that asks is git as the machine has it. */
  static boolean isGit(String program) {
    return program.equals("/usr/bin/git")
        || program.startsWith("/usr/lib/git-core/git")
        || program.startsWith("/usr/libexec/git-core/git")
        || program.equals("/usr/local/bin/git");
  }
}
