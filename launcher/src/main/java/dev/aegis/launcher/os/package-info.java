/**
 * The operating system below Java: terminals, spawning, waiting, signals, through JNA.
 *
 * <p>Each class says one thing about the kernel in Java's words. No knowledge of sessions,
 * approvals or screens. Nothing here forks: the only way to a new process is posix_spawn.
 */
package dev.aegis.launcher.os;
