package dev.aegis.operation;

import dev.aegis.operation.Operation.Execute;

/**
 * The coverage that a reporter declares for a program, with its reason.
 *
 * @param level how well the program is supervised
 * @param reason what about the program makes it so
 */
public record DeclaredCoverage(Coverage level, CoverageReason reason) {

  /** Nothing is known of the program: nobody declared anything. */
  public static final DeclaredCoverage UNDECLARED =
      new DeclaredCoverage(Coverage.NONE, CoverageReason.DYNAMIC);

  /** Return what is declared for the program that is about to start. */
  public static DeclaredCoverage of(Execute execute) {
    return new DeclaredCoverage(
        execute.coverage(),
        CoverageReason.ofCode(execute.coverageReason()).orElse(CoverageReason.DYNAMIC));
  }
}
