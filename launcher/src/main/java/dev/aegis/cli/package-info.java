/**
 * The {@code aegis} command: one class per command, what it prints and how it ends.
 *
 * <p>What belongs here: arguments, texts, tables, JSON output and exit codes. Starting sessions and
 * talking to the daemon is the business of {@code dev.aegis.launcher}; deciding is the daemon's.
 */
package dev.aegis.cli;
