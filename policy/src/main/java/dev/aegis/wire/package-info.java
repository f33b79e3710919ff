/**
 * Frames between reporters and the daemon, as docs/wire-protocol.md defines them.
 *
 * <p>Bytes in, records out, and back. No sockets here.
 */
package dev.aegis.wire;
