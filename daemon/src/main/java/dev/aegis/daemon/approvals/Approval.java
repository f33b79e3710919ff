package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ApprovalState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One question put to people, as it stands now.
 *
 * @param id number that people use, from 1
 * @param session id of the session that asked
 * @param wrapped name of the wrapped program
 * @param tool name of the operation's kind in rules
 * @param command shell-quoted command line, or one line that says what would happen
 * @param path what it is about: the object, or the program
 * @param cwd working directory, empty when unknown
 * @param categories what it means, most general first
 * @param rule the rule that asks
 * @param risk 0 to 100
 * @param tier low, medium, high or critical
 * @param coverage word for how well the process is supervised
 * @param shape hash of what an approval for more than once would cover
 * @param decidedBy who decided: a user, or {@code timeout}
 * @param channel where it was decided: {@code cli}, {@code terminal} …
 * @param until when an approval for some minutes ends
 * @param reason what the decider said, or why it ended by itself
 * @param releasedAt when the first process that waited for it really went on
 */
public record Approval(
    long id,
    ApprovalState state,
    String session,
    String wrapped,
    String tool,
    String command,
    String path,
    String cwd,
    List<String> categories,
    String rule,
    int risk,
    String tier,
    BlastRadius blastRadius,
    String coverage,
    String shape,
    Instant requestedAt,
    Instant expiresAt,
    Optional<Instant> decidedAt,
    Optional<String> decidedBy,
    Optional<String> channel,
    Optional<Scope> scope,
    Optional<Instant> until,
    Optional<String> reason,
    Optional<Instant> releasedAt) {
  public Approval {
    categories = List.copyOf(categories);
  }
}
