/**
 * Rules as people write them: TOML in, an engine or located problems out.
 *
 * <p>Here belong reading, matching, the order of layers and the shipped profiles. What an operation
 * means is none of this package's business: see {@link dev.aegis.policy.meaning}.
 */
package dev.aegis.policy.rules;
