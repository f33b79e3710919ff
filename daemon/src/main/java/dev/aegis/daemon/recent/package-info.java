/**
 * Memory that is bounded by forgetting: collections that keep the latest entries alone.
 *
 * <p>No meaning of what is kept stands here, nor anything that reads files, clocks or the database.
 */
package dev.aegis.daemon.recent;
