package dev.aegis.daemon.pipeline;

import java.util.List;

/**
 * What an operation would do, as a person reads it.
 *
 * @param command one line: the shell-quoted command line, or what is done to what
 * @param path what it is about
 * @param cwd working directory, or empty
 * @param targets absolute paths that it names
 */
record Plan(Asking asking, String command, String path, String cwd, List<String> targets) {
  Plan {
    targets = List.copyOf(targets);
  }

  Plan thatMayWait() {
    return new Plan(asking.thatMayWait(), command, path, cwd, targets);
  }
}
