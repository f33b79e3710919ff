package dev.aegis.daemon.store;

/**
 * One process, told apart from later ones with the same pid.
 *
 * @param pid process id
 * @param startTicks start in clock ticks since boot
 */
public record ProcessKey(int pid, long startTicks) {}
