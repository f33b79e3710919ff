package dev.aegis.cli;

import dev.aegis.operation.Category;
import dev.aegis.policy.Decision;
import java.io.PrintStream;
import java.util.Collection;
import java.util.stream.Collectors;

/** A decision as a person reads it. */
final class DecisionText {
  private static final int WIDTH = 100;

  private final PrintStream out;

  DecisionText(PrintStream out) {
    this.out = out;
  }

  /** Print the verdict, and every step that is about something. */
  void brief(Decision decision) {
    verdict(decision);
    decision.steps().stream()
        .filter(step -> !step.categories().isEmpty() || decision.steps().size() == 1)
        .forEach(this::step);
  }

  /** Print the verdict and the whole plan. */
  void full(Decision decision) {
    verdict(decision);
    decision.steps().forEach(this::step);
  }

  private void verdict(Decision decision) {
    out.printf(
        "%s by rule %s: %s%n",
        decision.verdict().label(), Printable.of(decision.rule()), Printable.of(decision.reason()));
    out.printf(
        "risk %d (%s)%s%n",
        decision.risk().score(),
        decision.risk().tier().label(),
        decision.categories().isEmpty() ? "" : ": " + names(decision.categories()));
  }

  private void step(Decision.Step step) {
    out.printf("  %-16s  %s%n", step.verdict().label(), Printable.of(step.text(), WIDTH));
    if (!step.categories().isEmpty()) {
      out.printf(
          "  %-16s    %s; rule %s%n", "", names(step.categories()), Printable.of(step.rule()));
    }
    if (step.risk().score() > 0) {
      out.printf(
          "  %-16s    risk %d: %s%n",
          "", step.risk().score(), Printable.of(String.join("; ", step.risk().reasons())));
    }
  }

  private static String names(Collection<Category> categories) {
    return categories.stream().map(Category::name).collect(Collectors.joining(", "));
  }
}
