package dev.aegis.policy;

import dev.aegis.operation.Category;
import dev.aegis.operation.Risk;
import java.util.List;
import java.util.SortedSet;

/**
 * What a policy says of one plan: the strictest step speaks.
 *
 * @param verdict allow, require_approval or deny
 * @param rule name of the rule that spoke; {@code baseline} or {@code default_action} when none did
 * @param reason one line for people
 * @param risk of the whole plan
 * @param categories of all steps
 * @param steps what would happen, in order; never empty
 * @param oncePerSession an approval answers the same question for the rest of the session
 */
public record Decision(
    Verdict verdict,
    String rule,
    String reason,
    Risk risk,
    SortedSet<Category> categories,
    List<Step> steps,
    boolean oncePerSession) {

  /** A decision whose approval covers what the person says and no more. */
  public Decision(
      Verdict verdict,
      String rule,
      String reason,
      Risk risk,
      SortedSet<Category> categories,
      List<Step> steps) {
    this(verdict, rule, reason, risk, categories, steps, false);
  }

  /**
   * One thing that a plan would do.
   *
   * @param text as a person reads it, such as {@code rm -rf build}
   * @param verdict of this step alone
   * @param rule that spoke
   * @param reason one line for people
   * @param risk of this step
   * @param categories of this step
   * @param argv of a program that would run, as far as it is known; else empty
   * @param cwd where it would run; empty when unknown
   */
  public record Step(
      String text,
      Verdict verdict,
      String rule,
      String reason,
      Risk risk,
      SortedSet<Category> categories,
      List<String> argv,
      String cwd) {

    public Step {
      argv = List.copyOf(argv);
    }

    /** A step that runs no program. */
    public Step(
        String text,
        Verdict verdict,
        String rule,
        String reason,
        Risk risk,
        SortedSet<Category> categories) {
      this(text, verdict, rule, reason, risk, categories, List.of(), "");
    }
  }
}
