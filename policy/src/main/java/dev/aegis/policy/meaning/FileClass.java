package dev.aegis.policy.meaning;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.ProgramName;
import java.util.List;
import java.util.Set;

/**
 * One entry of {@code files.toml}: files that mean something by their name.
 *
 * @param own base names of the programs whose own files these are
 * @param ownExcept files that even those programs do not touch without a question
 * @param trackedIsPublic true when a file that git holds unchanged is none of these
 */
record FileClass(
    Meaning meaning,
    List<Glob> globs,
    List<Glob> except,
    Set<String> own,
    List<Glob> ownExcept,
    boolean trackedIsPublic) {

  boolean holds(String path, Surroundings s) {
    return matches(globs, path, s) && !matches(except, path, s);
  }

  /** Tell whether the file belongs to the program that asks. */
  boolean isOwnOf(String program, String path, Surroundings s) {
    return !own.isEmpty()
        && (isOneOf(program, s) || s.script().map(script -> isOneOf(script, s)).orElse(false))
        && !matches(ownExcept, path, s);
  }

  /** Return the same class with one of its globs. */
  FileClass withOnly(Glob glob) {
    return new FileClass(meaning, List.of(glob), except, own, ownExcept, trackedIsPublic);
  }

  /** A name proves nothing where the session itself can put programs. */
  private boolean isOneOf(String program, Surroundings s) {
    return own.contains(ProgramName.of(program)) && ProgramNames.isInstalled(program, s);
  }

  private static boolean matches(List<Glob> globs, String path, Surroundings s) {
    for (Glob glob : globs) {
      if (glob.matches(path, s)) {
        return true;
      }
    }
    return false;
  }
}
