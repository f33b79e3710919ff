/**
 * Starting a session and standing between it and the user's terminal.
 *
 * <p>What belongs here: one wrapped run from its request to its exit status. Words of the command
 * line (dev.aegis.cli), decisions and stored state (the daemon) do not.
 */
package dev.aegis.launcher;
