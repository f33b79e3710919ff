/**
 * The policy in force: its files, their reload, and what is known of them.
 *
 * <p>What a policy means is the business of {@code dev.aegis.policy}.
 */
package dev.aegis.daemon.policy;
