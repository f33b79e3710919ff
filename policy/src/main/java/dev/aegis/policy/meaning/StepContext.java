package dev.aegis.policy.meaning;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.Argument;
import java.util.List;
import java.util.Optional;

/**
 * Where a step would run.
 *
 * @param cwd empty when it cannot be known
 */
record StepContext(Optional<String> cwd, Surroundings surroundings) {

  /** Return the object that an operand names, when both are known. */
  Optional<String> resolve(Argument operand) {
    return operand.known() ? resolve(operand.text()) : Optional.empty();
  }

  Optional<String> resolve(String path) {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    return path.startsWith("/")
        ? surroundings.resolve("/", path)
        : cwd.flatMap(directory -> surroundings.resolve(directory, path));
  }

  List<String> resolveAll(List<Argument> operands) {
    return operands.stream().map(this::resolve).flatMap(Optional::stream).toList();
  }
}
