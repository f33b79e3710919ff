package dev.aegis.daemon.approvals;

import java.time.Instant;
import java.util.Optional;

/**
 * A grant as people read it.
 *
 * @param approval that gave it
 * @param session in which it holds; empty when it holds always
 * @param wrapped name of the wrapped program
 * @param scope how far it reaches
 * @param command the operation that was approved; the grant covers its shape
 * @param cwd in which it was asked
 * @param by who gave it
 * @param until when it ends by itself, if time ends it
 */
public record GrantEntry(
    long id,
    long approval,
    Optional<String> session,
    String wrapped,
    Scope scope,
    String command,
    String cwd,
    String by,
    Instant at,
    Optional<Instant> until) {}
