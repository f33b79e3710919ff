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
    long now = System.currentTimeMillis();
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
            .map(Category::name)
            .distinct()
            .sorted()
            .toList(),
        decision.risk().score(),
        plan.targets(),
        TreeWalk.of(plan.asking()),
        BoundFiles.of(operation, asking, plan.cwd(), plan.asking().process().key().pid()),
        now,
        operation instanceof Execute,
        decision.oncePerSession());
  }

  private static String tail(Operation operation) {
    return operation instanceof Execute execute && execute.argv().size() > 1
        ? Hashes.of(execute.argv().subList(1, execute.argv().size()))
        : "";
  }
}
