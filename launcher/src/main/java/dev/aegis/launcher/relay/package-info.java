/**
 * Carrying bytes between the user's terminal and the wrapped program's, in one thread.
 *
 * <p>Knows terminals and that somebody may borrow the screen; knows nothing of approvals. Waiting
 * happens in one place, {@code Relay}; other threads only post what they have to say.
 */
package dev.aegis.launcher.relay;
