package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ProcessKey;
import java.util.Collection;
import java.util.Optional;

/**
 * What an approval leaves behind: which later operations it covers, and for whom.
 *
 * @param approval that gave it
 * @param session in which it holds, and with which it ends
 * @param scope how far it reaches
 * @param root process whose subtree it covers, empty for the whole session
 * @param terms what was approved
 */
public record Grant(
    long approval, String session, Scope scope, Optional<ProcessKey> root, Terms terms) {

  /**
   * Tell whether an operation is covered.
   *
   * @param asked what is asked now
   * @param lineage recorded ancestry of the process that asks, itself first
   */
  public boolean covers(Terms asked, Collection<ProcessKey> lineage) {
    if (root.isEmpty()) {
      return terms.shape().equals(asked.shape());
    }
    if (!lineage.contains(root.get())) {
      return false;
    }
    return asked.program() ? coversProgram(asked) : coversAccess(asked);
  }

  /* The same step again, inside: the shell that was approved runs the rm that was shown. */
  private boolean coversProgram(Terms asked) {
    if (!asked.cwd().equals(terms.cwd()) || !terms.families().containsAll(asked.families())) {
      return false;
    }
    boolean shownSteps = !asked.steps().isEmpty() && terms.steps().containsAll(asked.steps());
    boolean sameArguments = !asked.tail().isEmpty() && asked.tail().equals(terms.tail());
    return (shownSteps || sameArguments) && asked.bindings().stream().allMatch(this::isTheSame);
  }

  /* What runs is what was there when it was shown, or what no session can have put there. */
  private boolean isTheSame(Fingerprint file) {
    return file.isOfSystem() || terms.bindings().contains(file);
  }

  private boolean coversAccess(Terms asked) {
    return !asked.targets().isEmpty()
        && !asked.families().isEmpty()
        && asked.targets().stream().allMatch(terms::reaches)
        && terms.families().containsAll(asked.families());
  }
}
