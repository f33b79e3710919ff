package dev.aegis.daemon.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What an approval leaves behind: which later operations it covers, for how long, for whom.
 *
 * @param id 0 before it is stored
 * @param approval the approval that gave it
 * @param session in which it holds; empty when it holds always
 * @param scope once, session, minutes or always
 * @param shape of the operations it covers
 * @param root the process whose subtree it covers, or empty for the whole session
 * @param detail JSON: the steps it covers
 * @param grantedAt wall clock
 * @param expiresAt wall clock; empty when only the end of the session, or a person, ends it
 * @param boot in which the deadline means something, or empty
 * @param deadlineNanos monotonic, of a grant that time ends
 * @param wrapped name of the wrapped program
 * @param revokedAt wall clock, once it no longer holds
 */
public record GrantRow(
    long id,
    long approval,
    String session,
    String scope,
    String shape,
    Optional<ProcessKey> root,
    String detail,
    Instant grantedAt,
    Optional<Instant> expiresAt,
    String boot,
    long deadlineNanos,
    String wrapped,
    Optional<Instant> revokedAt) {}
