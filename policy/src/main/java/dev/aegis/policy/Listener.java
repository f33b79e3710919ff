package dev.aegis.policy;

/**
 * Who listens at a local address, as the kernel says.
 *
 * @param inSession true when a process of the session listens there
 * @param command its command line, words with a space between; empty when it cannot be known
 */
public record Listener(boolean inSession, String command) {}
