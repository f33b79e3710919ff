package dev.aegis.daemon.intercept;

import dev.aegis.operation.Coverage;

/**
 * A program that a process runs or was allowed to run.
 *
 * @param file what {@code /proc/PID/exe} must lead to
 * @param program its real path
 * @param coverage how well it is supervised
 */
record Image(FileKey file, String program, Coverage coverage) {}
