package dev.aegis.policy.meaning;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.ProgramName;

/** What it means that a program will not be supervised. */
final class CoverageMeaning {
  private static final Meaning KNOWN =
      Meaning.of(
          "supervision.escape.known_program",
          45,
          "only what it starts is seen: a static program that this machine or its tools bring");
  private static final Meaning UNKNOWN =
      Meaning.of("supervision.escape.program", 70, "what this program does cannot be seen");

  private final Catalogue catalogue;

  CoverageMeaning(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  Meaning of(Execute execute, Surroundings s) {
    if (execute.coverage().compareTo(Coverage.LIBC) >= 0) {
      return Meaning.NONE;
    }
    String path = execute.interpreter().orElse(execute.path());
    boolean made = s.createdBySession(execute.identity()) && execute.interpreter().isEmpty();
    boolean known = Places.isSystem(path) || (!made && catalogue.isStatic(ProgramName.of(path)));
    return known ? KNOWN : UNKNOWN;
  }
}
