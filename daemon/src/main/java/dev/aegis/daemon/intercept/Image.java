package dev.aegis.daemon.intercept;

import dev.aegis.operation.Coverage;
import java.util.Optional;

/**
 * A program that a process runs or was allowed to run.
 *
 * @param file what {@code /proc/PID/exe} must lead to
 * @param program its real path
 * @param coverage how well it is supervised
 * @param script the script that it interprets
 */
record Image(FileKey file, String program, Coverage coverage, Optional<String> script) {}
