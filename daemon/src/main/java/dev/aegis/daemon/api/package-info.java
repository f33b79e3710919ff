/**
 * The control socket: calls of the command line, the launcher and other local clients, as
 * docs/wire-protocol.md, part 2, defines them.
 *
 * <p>Turns JSON into calls of other packages and their answers into JSON. Who may call is the
 * kernel's word; what a call does is decided elsewhere.
 */
package dev.aegis.daemon.api;
