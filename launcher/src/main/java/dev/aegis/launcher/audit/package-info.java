/**
 * The rows of the audit log as people and other programs read them: pages from the daemon, formats
 * of other products, and the report of a session.
 *
 * <p>Whether the rows are genuine is the daemon's business; what a command prints around them is
 * the command's.
 */
package dev.aegis.launcher.audit;
