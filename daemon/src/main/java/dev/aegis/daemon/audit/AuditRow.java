package dev.aegis.daemon.audit;

import java.time.Instant;

/**
 * One row of the audit log as it stands in the database.
 *
 * @param session the session, or empty
 * @param record the canonical JSON that the code authenticates
 * @param mac its code, by which an anchor names it
 */
public record AuditRow(
    long sequence, Instant at, String kind, String session, String record, String mac) {}
