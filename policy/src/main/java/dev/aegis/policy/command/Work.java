package dev.aegis.policy.command;

/**
 * What reading one command has cost so far, in characters looked at.
 *
 * <p>Grammar that can be read in two ways is tried in both, and nesting multiplies that; the budget
 * keeps any input bounded.
 */
final class Work {
  private long spent;

  void spend(int characters) {
    spent += characters;
  }

  boolean isExhausted() {
    return spent > Bounds.CHARACTERS;
  }

  void check() throws ShellSyntaxException {
    if (isExhausted()) {
      throw new ShellSyntaxException("too much work to understand");
    }
  }
}
