/**
 * Tests of the built product: they start {@code launcher/target/dist/bin/aegis} as a user would and
 * look at what became of real files, processes and screens.
 *
 * <p>No class of the product is used here but the control client, to await what the daemon knows.
 */
package dev.aegis.it;
