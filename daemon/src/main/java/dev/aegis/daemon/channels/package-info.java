/**
 * Ways to ask people: what a channel is, and the router that asks all of them.
 *
 * <p>A channel sees approvals through the desk alone. Nothing here decides anything, and nothing
 * that arrives from outside is ever executed.
 */
package dev.aegis.daemon.channels;
