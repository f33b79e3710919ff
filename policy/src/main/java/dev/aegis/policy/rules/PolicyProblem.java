package dev.aegis.policy.rules;

/**
 * Something wrong in a policy file, and where.
 *
 * @param file name of the policy source
 * @param line 1-based
 * @param column 1-based
 * @param message what is wrong, what was expected and, where it can be told, what to write instead
 */
public record PolicyProblem(String file, int line, int column, String message) {

  /** Return the problem as one line, {@code file:line:column: message}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
