/**
 * The event bus: how parts of the daemon hear of each other without knowing each other.
 *
 * <p>Depends on nothing of Aegis. Events themselves are defined by those who publish them.
 */
package dev.aegis.daemon.events;
