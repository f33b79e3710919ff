/**
 * What {@code aegis setup} needs of Telegram: a few calls to the Bot API, and how a person shows
 * that a chat is theirs.
 *
 * <p>Questions and answers of approvals are the daemon's.
 */
package dev.aegis.launcher.setup;
