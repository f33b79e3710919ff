package dev.aegis.policy.rules;

import dev.aegis.operation.Category;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Risk;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.Verdict;
import dev.aegis.policy.meaning.Subject;
import dev.aegis.policy.meaning.Subjects;
import dev.aegis.policy.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Decides by rules: every subject of an operation is ruled on, and the strictest speaks. */
final class RuleEngine implements PolicyEngine {
  private final Subjects subjects;
  private final LayeredRules rules;

  RuleEngine(Subjects subjects, LayeredRules rules) {
    this.subjects = subjects;
    this.rules = rules;
  }

  @Override
  public Decision decide(Operation operation, String program, Surroundings surroundings) {
    List<Subject> all = subjects.of(operation, program, surroundings);
    if (all.size() == 1) {
      Subject only = all.get(0);
      return alone(only, rules.rule(only, surroundings));
    }
    return together(all, surroundings);
  }

  @Override
  public boolean narrowsBaseline() {
    return rules.narrowsBaseline();
  }

  @Override
  public Snapshot snapshot(Surroundings session) {
    return rules.narrowsBaseline()
        ? Snapshot.ASKING
        : new SnapshotCompiler(subjects, rules, session).compile();
  }

  private static Decision alone(Subject subject, Ruling ruling) {
    Decision.Step step = step(subject, ruling);
    return new Decision(
        step.verdict(),
        step.rule(),
        step.reason(),
        step.risk(),
        step.categories(),
        List.of(step),
        ruling.oncePerSession());
  }

  private Decision together(List<Subject> all, Surroundings surroundings) {
    List<Decision.Step> steps = new ArrayList<>(all.size());
    SortedSet<Category> categories = new TreeSet<>();
    Decision.Step speaker = null;
    Risk risk = Risk.NONE;
    boolean once = true;
    for (Subject subject : all) {
      Ruling ruling = rules.rule(subject, surroundings);
      Decision.Step step = step(subject, ruling);
      steps.add(step);
      categories.addAll(step.categories());
      if (step.risk().score() > risk.score()) {
        risk = step.risk();
      }
      if (speaker == null || speaksLouder(step, speaker)) {
        speaker = step;
      }
      once &= ruling.verdict() != Verdict.REQUIRE_APPROVAL || ruling.oncePerSession();
    }
    return new Decision(
        speaker.verdict(),
        speaker.rule(),
        speaker.reason(),
        risk,
        categories,
        List.copyOf(steps),
        once && speaker.verdict() == Verdict.REQUIRE_APPROVAL);
  }

  private static boolean speaksLouder(Decision.Step step, Decision.Step than) {
    int stricter = step.verdict().compareTo(than.verdict());
    return stricter > 0 || (stricter == 0 && step.risk().score() > than.risk().score());
  }

  private static Decision.Step step(Subject subject, Ruling ruling) {
    return new Decision.Step(
        subject.text(),
        ruling.verdict(),
        ruling.rule(),
        ruling.reason(),
        subject.risk(),
        subject.categories(),
        subject.argv(),
        subject.cwd());
  }
}
