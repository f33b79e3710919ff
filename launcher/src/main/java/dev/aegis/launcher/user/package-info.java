/**
 * The surroundings in which the user called {@code aegis}, which the scrubbed start of our own JVM
 * took away and the wrapped program gets back: environment, signal dispositions, descriptors.
 *
 * <p>The other half is the shell script {@code bin/aegis}, which hands them over.
 */
package dev.aegis.launcher.user;
