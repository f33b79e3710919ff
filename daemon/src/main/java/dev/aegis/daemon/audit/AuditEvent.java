package dev.aegis.daemon.audit;

import java.time.Instant;
import java.util.Map;

/**
 * One thing worth remembering for ever.
 *
 * @param at wall clock
 * @param kind dotted word such as {@code operation.allowed}, {@code operation.denied}, {@code
 *     approval.opened}, {@code approval.decided}, {@code approval.released}, {@code
 *     session.started}, {@code records.lost}
 * @param session the session, or empty
 * @param detail what a person wants to know, keys in snake_case, values strings, numbers, booleans,
 *     lists or maps of these
 */
public record AuditEvent(Instant at, String kind, String session, Map<String, Object> detail) {}
