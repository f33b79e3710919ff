/**
 * The database: its one writer, its readers, its schema and the rows of each table.
 *
 * <p>Everything that speaks SQL stands here or in {@code dev.aegis.daemon.audit}. Rows are plain
 * values; what they mean, and who may change them, is decided elsewhere.
 */
package dev.aegis.daemon.store;
