package dev.aegis.daemon.approvals;

import java.util.Optional;

/**
 * What a person said to a question.
 *
 * @param id of the approval
 * @param approve false to deny
 * @param scope of an approval; of a denial always once
 * @param by who said it
 * @param channel {@code cli}, {@code terminal}, {@code telegram} …
 */
public record Answered(
    long id, boolean approve, Scope scope, Answerer by, String channel, Optional<String> reason) {}
