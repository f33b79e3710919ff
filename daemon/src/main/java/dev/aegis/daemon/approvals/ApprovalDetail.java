package dev.aegis.daemon.approvals;

import java.util.List;

/**
 * An approval with everything that a person may want to know before answering.
 *
 * @param why the policy's reason, one line
 * @param warnings what was wrong with the policy when it asked, one line each
 * @param riskReasons what makes up the risk, one line each
 * @param plan what would happen, in order
 * @param ancestry processes from the one that asks up to the wrapped program
 * @param approvedBy who has approved so far, while more people must
 * @param waiting how many processes wait for this answer now
 * @param alike how many more open questions of its session have the same shape
 */
public record ApprovalDetail(
    Approval approval,
    String why,
    List<String> warnings,
    List<String> riskReasons,
    List<PlannedStep> plan,
    List<Ancestor> ancestry,
    List<String> approvedBy,
    int waiting,
    int alike) {
  public ApprovalDetail {
    warnings = List.copyOf(warnings);
    riskReasons = List.copyOf(riskReasons);
    plan = List.copyOf(plan);
    ancestry = List.copyOf(ancestry);
    approvedBy = List.copyOf(approvedBy);
  }

  /**
   * One thing that would happen.
   *
   * @param text as a person reads it
   * @param verdict allow, require_approval or deny
   */
  public record PlannedStep(
      String text, String verdict, String rule, String reason, int risk, List<String> categories) {
    public PlannedStep {
      categories = List.copyOf(categories);
    }
  }

  /**
   * One process on the way to the wrapped program.
   *
   * @param program real path of its executable
   * @param command its shell-quoted command line, empty when unknown
   */
  public record Ancestor(int pid, String program, String command) {}
}
