/**
 * How messages of any channel are sent: in turn, at the pace that the service allows, again when it
 * could not be reached.
 *
 * <p>What is sent, and by which protocol, is the channel's.
 */
package dev.aegis.daemon.channels.sending;
