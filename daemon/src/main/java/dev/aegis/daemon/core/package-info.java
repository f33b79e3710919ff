/**
 * The daemon's own life: start and stop, the lock, logging and the health check.
 *
 * <p>The only package that knows how all others are put together; no other depends on it. Nothing
 * is decided here.
 */
package dev.aegis.daemon.core;
