package dev.aegis.policy.rules;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.meaning.Glob;
import java.util.Optional;

/** What {@code program} names: a base name such as {@code git}, or a glob of paths. */
record ProgramName(String name, Optional<Glob> path) {

  static ProgramName of(String text) {
    return new ProgramName(
        text, text.contains("/") ? Optional.of(Glob.of(text)) : Optional.empty());
  }

  boolean matches(String program, Surroundings surroundings) {
    if (path.isPresent()) {
      return path.get().matches(program, surroundings);
    }
    int slash = program.lastIndexOf('/');
    return program.length() - slash - 1 == name.length() && program.endsWith(name);
  }
}
