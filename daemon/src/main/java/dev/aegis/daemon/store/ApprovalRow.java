package dev.aegis.daemon.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question put to people, as the database keeps it.
 *
 * @param id number, also REQUEST on the wire; 0 before it is stored
 * @param state pending until it is decided
 * @param session the session that asks
 * @param wrapped name of the wrapped program
 * @param tool kind of operation as rules name it
 * @param command what a person reads: the shell-quoted argv, or what is done to which file
 * @param path the object, or empty
 * @param cwd working directory, or empty
 * @param categories of all steps
 * @param rule that asks
 * @param risk score, 0 to 100
 * @param blastRadius one line for people
 * @param coverage of the process that asks
 * @param pid process that asks
 * @param startTicks its start in clock ticks since boot
 * @param shape what later operations must look like to be the same question
 * @param binding JSON: what must still hold when the operation is released
 * @param detail JSON: plan, ancestry, and whatever else {@code approvals show} tells
 * @param requestedAt wall clock
 * @param expiresAt wall clock, for people; time-outs run on the monotonic clock
 * @param decision once decided
 * @param releasedAt when the approved operation was really let go
 */
public record ApprovalRow(
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
    String blastRadius,
    String coverage,
    int pid,
    long startTicks,
    String shape,
    String binding,
    String detail,
    Instant requestedAt,
    Instant expiresAt,
    Optional<Decided> decision,
    Optional<Instant> releasedAt) {

  public ApprovalRow {
    categories = List.copyOf(categories);
  }

  /**
   * The end of a question.
   *
   * @param state the final one
   * @param at wall clock
   * @param by who: a login name, a Telegram user, or {@code time-out}
   * @param channel that carried it, or empty
   * @param scope once, session, minutes, always; empty when nothing was granted
   * @param until when an approval for some minutes ends, wall clock
   * @param reason in the words of the one who decided, or empty
   */
  public record Decided(
      ApprovalState state,
      Instant at,
      String by,
      String channel,
      String scope,
      Optional<Instant> until,
      String reason) {
    public Decided {
      if (state == ApprovalState.PENDING) {
        throw new IllegalArgumentException("a decision cannot leave an approval pending");
      }
    }
  }
}
