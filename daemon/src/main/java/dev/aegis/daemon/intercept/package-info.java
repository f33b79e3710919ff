/**
 * The reporters' side of the daemon: sessions, their sockets and pages, and which process belongs
 * to which session, by the word of the kernel alone.
 *
 * <p>Judges nothing: operations are handed on, answers are written back.
 */
package dev.aegis.daemon.intercept;
