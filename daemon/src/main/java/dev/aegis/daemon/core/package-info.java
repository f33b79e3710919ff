/**
 * The daemon's own life: start and stop, the lock, the event bus, logging, the policy in force and
 * the health check.
 *
 * <p>The only package that knows how all others are put together. Nothing is decided here.
 */
package dev.aegis.daemon.core;
