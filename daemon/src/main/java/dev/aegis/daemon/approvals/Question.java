package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.Risk;
import java.time.Duration;
import java.util.List;

/**
 * Everything that must be known to ask people.
 *
 * @param asker the process that asks
 * @param tool name of the operation's kind in rules
 * @param command one line for people
 * @param path what it is about
 * @param cwd working directory, or empty
 * @param rule that asks
 * @param why the policy's reason
 * @param warnings what is wrong with the policy that asks, one line each
 * @param timeout how long people have
 */
public record Question(
    String session,
    String wrapped,
    ProcessKey asker,
    String tool,
    String command,
    String path,
    String cwd,
    List<String> categories,
    String rule,
    String why,
    List<String> warnings,
    Risk risk,
    BlastRadius blastRadius,
    String coverage,
    List<ApprovalDetail.PlannedStep> plan,
    List<ApprovalDetail.Ancestor> ancestry,
    Terms terms,
    Duration timeout) {
  public Question {
    categories = List.copyOf(categories);
    warnings = List.copyOf(warnings);
    plan = List.copyOf(plan);
    ancestry = List.copyOf(ancestry);
  }
}
