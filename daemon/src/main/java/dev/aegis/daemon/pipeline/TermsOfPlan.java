package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.Terms;
import dev.aegis.operation.Category;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.policy.Decision;
import dev.aegis.policy.Verdict;
import java.util.List;

/** Makes the terms of a question; looks at files. */
final class TermsOfPlan {

  private TermsOfPlan() {}

  static Terms of(Plan plan, Decision decision) {
    Operation operation = plan.asking().operation();
    String program = plan.asking().process().program();
    List<Decision.Step> asking =
        decision.steps().stream()
            .filter(step -> step.verdict() == Verdict.REQUIRE_APPROVAL)
            .toList();
    return new Terms(
        Hashes.of(Shapes.exact(operation, program)),
        Hashes.of(
            decision.oncePerSession()
                ? Shapes.exact(operation, "")
                : Shapes.shape(operation, program)),
        plan.cwd(),
        tail(operation),
        asking.stream().map(step -> Hashes.of(step.text())).toList(),
        asking.stream()
            .flatMap(step -> step.categories().stream())
            .map(TermsOfPlan::family)
            .distinct()
            .sorted()
            .toList(),
        plan.targets(),
        BoundFiles.of(operation, asking, plan.cwd(), plan.asking().process().key().pid()),
        operation instanceof Execute,
        decision.oncePerSession());
  }

  private static String tail(Operation operation) {
    return operation instanceof Execute execute && execute.argv().size() > 1
        ? Hashes.of(execute.argv().subList(1, execute.argv().size()))
        : "";
  }

  /* The first two words: an approved recursive deletion covers the single ones it consists of. */
  private static String family(Category category) {
    String[] words = category.name().split("\\.", 3);
    return words.length < 2 ? category.name() : words[0] + "." + words[1];
  }
}
