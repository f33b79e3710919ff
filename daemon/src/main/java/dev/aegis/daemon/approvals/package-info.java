/**
 * Questions put to people and what their answers leave behind: the durable state machine of an
 * approval, the requests that wait for it, and grants.
 *
 * <p>Knows the database and the clock. Knows nothing of sockets, frames, processes or channels.
 */
package dev.aegis.daemon.approvals;
