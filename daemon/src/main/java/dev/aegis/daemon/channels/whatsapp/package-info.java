/**
 * Approvals by WhatsApp, over the Cloud API: what is sent, and the receiver of what people answer.
 *
 * <p>Nothing here decides who may answer what; that is the desk's. Messages on WhatsApp cannot be
 * changed once they are sent, so what became of a question is a reply to it.
 */
package dev.aegis.daemon.channels.whatsapp;
