/**
 * What is measured and what is fuzzed: the policy engine from the outside, by its public door.
 *
 * <p>Nothing of the product depends on this package, and no test belongs here: a measurement has no
 * verdict of its own but the bounds that it states.
 */
package dev.aegis.measure;
