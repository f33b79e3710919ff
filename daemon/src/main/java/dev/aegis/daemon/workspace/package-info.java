/**
 * What a session's surroundings are: its workspaces, what git's own files say of a path, what the
 * session created, and how far a deletion would reach.
 *
 * <p>Reads files, always bounded, and never runs a program.
 */
package dev.aegis.daemon.workspace;
