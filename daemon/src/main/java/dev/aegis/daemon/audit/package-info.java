/**
 * The append-only record of everything that was decided: its hash chain, what is kept out of it,
 * and how its integrity is checked.
 *
 * <p>Written through the journal of {@code dev.aegis.daemon.store} and never changed. Who decides,
 * and what, is none of its business.
 */
package dev.aegis.daemon.audit;
