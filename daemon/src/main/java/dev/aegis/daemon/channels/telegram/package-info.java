/**
 * The Telegram channel: a bot that is polled, so that no port is open.
 *
 * <p>Types and HTTP come from telegrambots; the loop, the offset and the back-off are our own. What
 * arrives is judged by who sent it and where, and by the seal of its buttons; nothing else here may
 * reach the desk.
 */
package dev.aegis.daemon.channels.telegram;
