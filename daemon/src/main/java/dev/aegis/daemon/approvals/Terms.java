package dev.aegis.daemon.approvals;

import java.util.List;

/**
 * What exactly was asked, as the machine must remember it: kept as hashes where it could hold
 * secrets.
 *
 * @param exact hash of the whole operation: equal questions are one question
 * @param shape hash of its shape: what an approval for the session covers
 * @param cwd working directory, empty for operations that have none
 * @param tail hash of the arguments after the program's name, empty when there are none
 * @param steps hash of each asking step's text
 * @param families what the asking steps mean, to the second word: {@code file.delete}
 * @param targets absolute paths that the operation names
 * @param bindings files that must not have changed when it is released
 * @param program true for the start of a program: an approval then covers what it does
 * @param lasting true when one approval answers the question for the rest of the session
 */
public record Terms(
    String exact,
    String shape,
    String cwd,
    String tail,
    List<String> steps,
    List<String> families,
    List<String> targets,
    List<Fingerprint> bindings,
    boolean program,
    boolean lasting) {
  public Terms {
    steps = List.copyOf(steps);
    families = List.copyOf(families);
    targets = List.copyOf(targets);
    bindings = List.copyOf(bindings);
  }

  /** Tell whether everything is still what it was when the question was asked. */
  public boolean stillHold() {
    return bindings.stream().allMatch(Fingerprint::stillHolds);
  }

  /** Tell whether a path is one of the targets or lies below one. */
  public boolean reaches(String path) {
    return targets.stream()
        .anyMatch(target -> path.equals(target) || path.startsWith(target + "/"));
  }
}
