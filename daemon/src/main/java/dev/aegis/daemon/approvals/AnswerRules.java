package dev.aegis.daemon.approvals;

import dev.aegis.config.Role;
import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.operation.Risk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may answer what, and how many must agree.
 *
 * @param minRole least role that may approve, by the tier of the risk
 * @param quorum how many people must approve what belongs to one of the categories
 * @param quorumCategories a category covers those below it
 */
public record AnswerRules(Map<String, Role> minRole, int quorum, Set<String> quorumCategories) {

  /** Every approver may approve everything alone. */
  public static final AnswerRules PLAIN = new AnswerRules(Map.of(), 1, Set.of());

  public AnswerRules {
    minRole = Map.copyOf(minRole);
    quorumCategories = Set.copyOf(quorumCategories);
  }

  /** Say why somebody may not give an answer; empty when they may. */
  Optional<String> refusal(Answered answer, ApprovalRow row) {
    Role role = answer.by().role();
    if (!role.isAtLeast(Role.APPROVER)) {
      return Optional.of("a viewer may look, not answer");
    }
    String tier = new Risk(row.risk(), List.of()).tier().label();
    Role least = minRole.getOrDefault(tier, Role.APPROVER);
    if (answer.approve() && !role.isAtLeast(least)) {
      return Optional.of(
          "what is of %s risk must be approved by an %s".formatted(tier, least.word()));
    }
    if (answer.approve() && answer.scope() == Scope.ALWAYS) {
      return alwaysRefusal(role, tier);
    }
    return Optional.empty();
  }

  private static Optional<String> alwaysRefusal(Role role, String tier) {
    if (!role.isAtLeast(Role.ADMIN)) {
      return Optional.of("only an admin may approve for always");
    }
    return tier.equals(Risk.Tier.CRITICAL.label())
        ? Optional.of("what is of critical risk is never approved for always")
        : Optional.empty();
  }

  /** Return how many people must approve something. */
  int needed(List<String> categories) {
    boolean several =
        quorumCategories.stream()
            .anyMatch(
                wide ->
                    categories.stream()
                        .anyMatch(one -> one.equals(wide) || one.startsWith(wide + ".")));
    return several ? quorum : 1;
  }
}
