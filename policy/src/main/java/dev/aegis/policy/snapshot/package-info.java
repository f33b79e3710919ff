/**
 * Sets of paths as automata over bytes, and the snapshot that they are put into for the native
 * side.
 *
 * <p>What belongs here: patterns, their automata, the bytes of a snapshot and how they are read.
 * What may not: rules, and what files mean.
 */
package dev.aegis.policy.snapshot;
