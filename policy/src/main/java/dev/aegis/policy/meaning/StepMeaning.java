package dev.aegis.policy.meaning;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.CommandPlan;
import dev.aegis.policy.command.PlanStep;
import dev.aegis.policy.command.ProgramName;
import dev.aegis.policy.command.Redirection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the steps of a plan mean, each by itself and through the pipes between them. */
final class StepMeaning {
  private static final Set<String> RUNS_TEXT =
      Set.of(
          "sh", "bash", "dash", "zsh", "ksh", "ash", "eval", "source", ".", "python", "perl",
          "ruby", "node", "php");
  private static final Meaning REMOTE_CODE =
      Meaning.of("net.remote_code", 85, "runs what it has just fetched");

  private final Catalogue catalogue;
  private final FileMeaning files;
  private final Roles roles;

  StepMeaning(Catalogue catalogue, FileMeaning files) {
    this.catalogue = catalogue;
    this.files = files;
    roles = new Roles(files);
  }

  Meaning of(CommandPlan plan, PlanStep step, String program, Surroundings s) {
    StepContext context = new StepContext(step.cwd(), s);
    Meaning meaning = byCatalogue(program, step, context);
    String name = ProgramName.of(step.argv().get(0).text());
    if (!name.equals(program)) {
      meaning = meaning.and(byCatalogue(name, step, context));
    }
    for (Redirection redirection : step.redirections()) {
      meaning = meaning.and(redirected(redirection, context));
    }
    if (runsFetched(plan, step, name)) {
      meaning = meaning.and(REMOTE_CODE);
    }
    if (sends(name) && carriesSecret(plan, step, context)) {
      meaning = meaning.and(Roles.exfiltration());
    }
    return meaning;
  }

  private boolean carriesSecret(CommandPlan plan, PlanStep step, StepContext context) {
    return roles.inputIsSecret(step, context)
        || sources(plan, step).stream()
            .anyMatch(
                source ->
                    roles.readsSecret(
                        source, new StepContext(source.cwd(), context.surroundings())));
  }

  private Meaning byCatalogue(String program, PlanStep step, StepContext context) {
    Meaning meaning = Meaning.NONE;
    for (ProgramEntry entry : catalogue.find(program)) {
      Invocation invocation = Invocation.of(entry, step.argv());
      for (Form form : entry.forms()) {
        Meaning one =
            form.apply(invocation)
                .map(
                    operands ->
                        form.meaning()
                            .and(
                                form.role()
                                    .map(
                                        r ->
                                            roles.of(r, entry, invocation, operands, step, context))
                                    .orElse(Meaning.NONE)))
                .orElse(Meaning.NONE);
        meaning = meaning.and(one);
      }
    }
    return meaning;
  }

  /** Only a file that would raise a question is worth mentioning before it is opened. */
  private Meaning redirected(Redirection redirection, StepContext context) {
    Optional<String> path =
        redirection.write() ? context.resolve(redirection.target()) : Optional.empty();
    return path.map(
            p -> {
              Place place = files.places().of(p, context.surroundings());
              Meaning write = files.writes().of(p, place, "", context.surroundings());
              return write.risk().score() > 0 ? write : Meaning.NONE;
            })
        .orElse(Meaning.NONE);
  }

  private boolean runsFetched(CommandPlan plan, PlanStep step, String name) {
    if (!RUNS_TEXT.contains(name)) {
      return false;
    }
    boolean fed = step.runsInput() && reaches(plan, step, PlanStep::fedBy, this::fetches);
    boolean composed =
        step.composedBy().stream().map(plan.steps()::get).anyMatch(this::fetches)
            && (step.argv().size() < 2 || isCode(step, name));
    return fed || composed;
  }

  private static boolean isCode(PlanStep step, String name) {
    boolean shell = name.endsWith("sh") || Set.of("eval", "source", ".").contains(name);
    return shell || step.argv().get(1).text().startsWith("-");
  }

  private interface Edges {
    List<Integer> of(PlanStep step);
  }

  private static boolean reaches(
      CommandPlan plan, PlanStep step, Edges edges, Predicate<PlanStep> wanted) {
    Set<Integer> seen = new HashSet<>(edges.of(step));
    List<Integer> open = new ArrayList<>(seen);
    while (!open.isEmpty()) {
      PlanStep next = plan.steps().get(open.remove(open.size() - 1));
      if (wanted.test(next)) {
        return true;
      }
      edges.of(next).stream().filter(seen::add).forEach(open::add);
    }
    return false;
  }

  private static List<PlanStep> sources(CommandPlan plan, PlanStep step) {
    List<PlanStep> all = new ArrayList<>();
    Edges both =
        s -> {
          List<Integer> edges = new ArrayList<>(s.fedBy());
          edges.addAll(s.composedBy());
          return edges;
        };
    reaches(plan, step, both, s -> !all.add(s));
    return all;
  }

  private boolean fetches(PlanStep step) {
    return catalogue.find(ProgramName.of(step.argv().get(0).text())).stream()
        .anyMatch(ProgramEntry::fetches);
  }

  private boolean sends(String program) {
    return catalogue.find(program).stream().anyMatch(ProgramEntry::sends);
  }
}
