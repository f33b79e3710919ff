/**
 * What a supervised process is about to do, who does it, and how bad that would be.
 *
 * <p>Values only: no I/O, no clock, no threads. Nothing here depends on another package of Aegis.
 */
package dev.aegis.operation;
