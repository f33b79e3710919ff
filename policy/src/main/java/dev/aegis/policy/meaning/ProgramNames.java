package dev.aegis.policy.meaning;

import dev.aegis.policy.Surroundings;

/** What the path of an executable says of the program. */
final class ProgramNames {
  private ProgramNames() {}

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
