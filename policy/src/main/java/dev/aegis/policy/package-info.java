/**
 * Rules and what they answer: TOML reading, matching, verdicts and the shipped policies.
 *
 * <p>Pure: text and operations in, decisions out. No sockets, no threads, no clock of its own, no
 * look at the file system but through {@link dev.aegis.policy.Surroundings}.
 */
package dev.aegis.policy;
