package dev.aegis.policy.command;

/**
 * A file that the shell itself opens for a step.
 *
 * @param write false when it is only read
 * @param target name of the file
 */
public record Redirection(boolean write, Argument target) {}
