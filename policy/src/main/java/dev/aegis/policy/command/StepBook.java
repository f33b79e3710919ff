package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps written down so far, and what each is known to print. */
final class StepBook {
  private final List<PlanStep> steps = new ArrayList<>();
  private final Map<Integer, String> outputs = new HashMap<>();
  private final Drafts drafts = new Drafts();
  private String problem;

  /** Add a step; false when there are too many. */
  boolean add(PlanStep step, Optional<String> output) {
    if (steps.size() >= Bounds.STEPS) {
      problem("more than " + Bounds.STEPS + " steps");
      return false;
    }
    output.ifPresent(text -> outputs.put(steps.size(), text));
    steps.add(step);
    return true;
  }

  PlanStep step(int index) {
    return steps.get(index);
  }

  int size() {
    return steps.size();
  }

  void problem(String text) {
    if (problem == null) {
      problem = text;
    }
  }

  /** Return what a step prints, when that is known. */
  Optional<String> output(int step) {
    return Optional.ofNullable(outputs.get(step));
  }

  /** Return the indices of all steps from one on. */
  List<Integer> since(int first) {
    List<Integer> all = new ArrayList<>();
    for (int i = first; i < steps.size(); i++) {
      all.add(i);
    }
    return all;
  }

  /** Return the files that the steps so far have written. */
  Drafts drafts() {
    return drafts;
  }

  CommandPlan plan() {
    return new CommandPlan(steps, Optional.ofNullable(problem));
  }
}
