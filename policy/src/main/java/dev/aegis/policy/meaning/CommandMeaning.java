package dev.aegis.policy.meaning;

import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.CommandPlan;
import dev.aegis.policy.command.CommandPlanner;
import dev.aegis.policy.command.PlanStep;
import dev.aegis.policy.command.ProgramName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the start of a program into its steps: the program itself, and what it would start. */
final class CommandMeaning {
  private static final Meaning UNREADABLE =
      Meaning.of("command.unreadable", 30, "a part of the command cannot be understood beforehand");

  private static final Meaning UNREADABLE_AND_UNSEEN =
      Meaning.of("command.unknown", 55, "a part of the command cannot be understood")
          .and(UNREADABLE);

  private final Catalogue catalogue;
  private final StepMeaning steps;
  private final CoverageMeaning coverage;

  CommandMeaning(Catalogue catalogue, FileMeaning files) {
    this.catalogue = catalogue;
    steps = new StepMeaning(catalogue, files);
    coverage = new CoverageMeaning(catalogue);
  }

  /**
   * Return the steps.
   *
   * @param asker real path of the program that starts it
   */
  List<Subject> of(Execute execute, String asker, Surroundings s) {
    String program = programOf(execute);
    List<String> argv = execute.argv().isEmpty() ? List.of(program) : execute.argv();
    CommandPlan plan =
        CommandPlanner.plan(
            program, argv, execute.cwd(), Map.of("HOME", s.home(), "PWD", execute.cwd()));
    List<Subject> subjects = new ArrayList<>();
    Flows flows = new Flows(plan, catalogue);
    for (PlanStep step : plan.steps()) {
      boolean first = subjects.isEmpty();
      boolean chosen = s.isWrappedCommand(argv) && s.isWrappedCommand(step.words());
      StepMeaning.Result result = steps.of(plan, flows, step, first ? program : "", chosen, s);
      Meaning meaning = result.meaning();
      if (first) {
        meaning = meaning.and(coverage.of(execute, s));
        for (String variable : execute.environment()) {
          meaning = meaning.and(catalogue.variables().ofInherited(variable, asker, s));
        }
        if (plan.problem().isPresent()) {
          meaning = meaning.and(s.foresees() ? UNREADABLE_AND_UNSEEN : UNREADABLE);
        }
      }
      subjects.add(subject(step, first ? execute.path() : "", meaning));
      subjects.addAll(result.foreseen());
    }
    return subjects;
  }

  private static Subject subject(PlanStep step, String path, Meaning meaning) {
    return new Subject(
        OperationKind.EXECUTE,
        step.text(),
        path,
        "",
        step.words(),
        path.isEmpty() ? step.argv().get(0).text() : path,
        step.cwd().orElse(""),
        "",
        0,
        meaning,
        false);
  }

  /** A program of many names goes by the one it is called with; any other by its own. */
  private static String programOf(Execute execute) {
    String own = ProgramName.of(execute.path());
    boolean many = Set.of("busybox", "toybox", "coreutils").contains(own);
    return many && !execute.argv().isEmpty() && !execute.argv().get(0).isEmpty()
        ? ProgramName.of(execute.argv().get(0))
        : own;
  }
}
