package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ProcessKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What an approval leaves behind: which later operations it covers, for how long, and for whom.
 *
 * @param id 0 before it is stored
 * @param approval that gave it
 * @param session in which it holds, and with which it ends; empty when it holds always
 * @param wrapped name of the wrapped program for which it holds
 * @param scope how far it reaches
 * @param root process whose subtree it covers, empty when the process does not matter
 * @param terms what was approved
 * @param end when it ends by itself
 */
public record Grant(
    long id,
    long approval,
    String session,
    String wrapped,
    Scope scope,
    Optional<ProcessKey> root,
    Terms terms,
    Optional<End> end) {

  /**
   * The end of a grant that holds for some minutes.
   *
   * @param at wall clock, for people
   * @param boot in which the monotonic time means something
   * @param nanos monotonic
   */
  public record End(Instant at, String boot, long nanos) {}

  /** A grant of a process and what descends from it. */
  public static Grant ofProcess(Approval approval, ProcessKey root, Terms terms) {
    return new Grant(
        0,
        approval.id(),
        approval.session(),
        approval.wrapped(),
        Scope.ONCE,
        Optional.of(root),
        terms,
        Optional.empty());
  }

  /** The same grant for a program that a process of its subtree starts. */
  public Grant passedTo(ProcessKey process, Terms started) {
    return new Grant(
        0, approval, session, wrapped, Scope.ONCE, Optional.of(process), started, Optional.empty());
  }

  Grant stored(long number) {
    return new Grant(number, approval, session, wrapped, scope, root, terms, end);
  }

  /**
   * Tell whether an operation is covered.
   *
   * @param asked what is asked now
   * @param lineage recorded ancestry of the process that asks, itself first
   */
  public boolean covers(Terms asked, Collection<ProcessKey> lineage) {
    if (root.isEmpty()) {
      return terms.areShapeOf(asked);
    }
    if (!lineage.contains(root.get())) {
      return false;
    }
    return asked.program() ? coversProgram(asked) : coversAccess(asked);
  }

  /* The same step again, inside: the shell that was approved runs the rm that was shown. */
  private boolean coversProgram(Terms asked) {
    if (!terms.program() || !asked.cwd().equals(terms.cwd()) || !terms.areOfFamiliesOf(asked)) {
      return false;
    }
    boolean shownSteps = !asked.steps().isEmpty() && terms.steps().containsAll(asked.steps());
    boolean sameArguments = !asked.tail().isEmpty() && asked.tail().equals(terms.tail());
    return (shownSteps || sameArguments) && terms.coverFilesOf(asked);
  }

  private boolean coversAccess(Terms asked) {
    return !asked.targets().isEmpty()
        && !asked.categories().isEmpty()
        && asked.targets().stream().allMatch(terms::reaches)
        && terms.areOfFamiliesOf(asked);
  }
}
