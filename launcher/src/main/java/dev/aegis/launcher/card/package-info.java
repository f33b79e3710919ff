/**
 * The terminal card: the question of an approval on the user's screen, and the key that answers it.
 *
 * <p>Words and keys only. Terminals are the relay's, decisions the daemon's. Whatever a supervised
 * process could have written is made harmless before it is shown, and only a single key pressed in
 * a quiet moment counts as an answer.
 */
package dev.aegis.launcher.card;
