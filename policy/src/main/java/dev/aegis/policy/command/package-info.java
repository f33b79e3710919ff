/**
 * Understanding of command lines: shell grammar, wrappers, quoting.
 *
 * <p>Text and argument vectors in, steps out; bounded in time and depth on any input. Nothing here
 * knows rules, verdicts or the file system.
 */
package dev.aegis.policy.command;
