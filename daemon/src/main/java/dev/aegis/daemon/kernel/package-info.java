/**
 * What the kernel says when it is asked: of files, of processes, of the other end of a socket.
 *
 * <p>Facts only, nothing is judged here and nothing is remembered.
 */
package dev.aegis.daemon.kernel;
