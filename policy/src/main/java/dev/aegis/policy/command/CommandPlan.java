package dev.aegis.policy.command;

import java.util.List;
import java.util.Optional;

/**
 * What a command line would do, as far as it can be read.
 *
 * @param steps in the order in which they may run; the command itself first
 * @param problem why some of it could not be read, in words for people
 */
public record CommandPlan(List<PlanStep> steps, Optional<String> problem) {
  public CommandPlan {
    steps = List.copyOf(steps);
  }
}
