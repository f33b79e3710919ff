package dev.aegis.launcher.check;

import java.util.List;
import java.util.Optional;

/**
 * One question to a policy.
 *
 * @param id what the asker calls it; given back as it is
 * @param subject what would be done
 * @param cwd working directory, when it is not the caller's
 * @param home home directory, when it is not the caller's
 */
record CheckRequest(
    Optional<Object> id, Subject subject, Optional<String> cwd, Optional<String> home) {

  /** What would be done. */
  sealed interface Subject {}

  /** A shell command line. */
  record Command(String line) implements Subject {}

  /** A program with its arguments, its name first; at least one word. */
  record Vector(List<String> argv) implements Subject {}

  /**
   * An operation on a file.
   *
   * @param tool as rules name it, such as {@code read_file}
   */
  record File(String tool, String path) implements Subject {}
}
