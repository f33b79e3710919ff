package dev.aegis.daemon.intercept;

import dev.aegis.operation.DeclaredCoverage;
import java.util.Optional;

/**
 * A program that a process runs or was allowed to run.
 *
 * @param file what the kernel must say that the process runs
 * @param program its real path
 * @param coverage how well it is supervised
 * @param script the script that it interprets
 */
record Image(FileKey file, String program, DeclaredCoverage coverage, Optional<String> script) {

  Image withScript(Optional<String> other) {
    return new Image(file, program, coverage, other);
  }
}
