package dev.aegis.daemon.approvals;

import java.util.Optional;

/**
 * What a person said to a question.
 *
 * @param id of the approval
 * @param approve false to deny
 * @param scope of an approval; of a denial always once
 * @param by login name or, in a channel, who it was
 * @param channel {@code cli}, {@code terminal} …
 */
public record Answered(
    long id, boolean approve, Scope scope, String by, String channel, Optional<String> reason) {}
