package dev.aegis.it;

/**
 * What became of a process.
 *
 * @param exitCode as a shell reports it
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record Finished(int exitCode, String out, String err) {}
