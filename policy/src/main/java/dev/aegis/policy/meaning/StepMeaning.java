package dev.aegis.policy.meaning;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.Argument;
import dev.aegis.policy.command.CommandPlan;
import dev.aegis.policy.command.PlanStep;
import dev.aegis.policy.command.PlanStep.Trait;
import dev.aegis.policy.command.ProgramName;
import dev.aegis.policy.command.Redirection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the steps of a plan mean, each by itself and through what flows between them. */
final class StepMeaning {
  private static final String UNASKING_AGENT = "supervision.guards.agent";
  private static final Meaning REMOTE_CODE =
      Meaning.of("net.remote_code", 85, "runs what it has just fetched");
  private static final Meaning SHELL_FOR_OTHERS =
      Meaning.of("net.remote_code", 95, "connects a shell to the network");
  private static final Meaning DECODED =
      Meaning.of("command.decoded", 75, "runs text that had been made unreadable");
  private static final Meaning UNKNOWN =
      Meaning.of("command.unknown", 55, "what runs cannot be known beforehand");
  private static final Meaning MULTIPLIES =
      Meaning.of(
          "process.bomb", 85, "starts itself again and again until the machine stands still");

  private static final Meaning EMPTIES_LISTED =
      Meaning.of("file.delete.many", 55, "empties every file of a list");

  private final Catalogue catalogue;
  private final FileMeaning files;
  private final Roles roles;
  private final Foresight foresight;

  StepMeaning(Catalogue catalogue, FileMeaning files) {
    this.catalogue = catalogue;
    this.files = files;
    roles = new Roles(files, catalogue.localTools());
    foresight = new Foresight(files);
  }

  /**
   * What one step means.
   *
   * @param meaning of the step itself
   * @param foreseen operations on files that it would do, where nothing will really run
   */
  record Result(Meaning meaning, List<Subject> foreseen) {}

  /**
   * Return what a step means.
   *
   * @param chosen true when the user wrapped this very command line: an agent that asks nobody is
   *     what Aegis is for
   */
  Result of(
      CommandPlan plan,
      Flows flows,
      PlanStep step,
      String program,
      boolean chosen,
      Surroundings outer) {
    Surroundings s = ElsewhereSurroundings.of(step.place(), outer);
    StepContext context = new StepContext(step.cwd(), s);
    List<Subject> foreseen = new ArrayList<>();
    Meaning meaning = byCatalogue(program, flows, step, chosen, context, foreseen);
    String name = ProgramName.of(step.argv().get(0).text());
    if (!name.equals(program)) {
      meaning = meaning.and(byCatalogue(name, flows, step, chosen, context, foreseen));
    }
    if (s.foresees() && catalogue.find(name).isEmpty() && catalogue.find(program).isEmpty()) {
      meaning = meaning.and(TellingVerbs.of(step));
    }
    for (Redirection redirection : step.redirections()) {
      meaning = meaning.and(redirected(redirection, name, context));
      if (redirection.printed() && !redirection.appends() && printsNothing(step)) {
        meaning = meaning.and(emptied(flows, step, List.of(redirection.target()), context));
      }
    }
    if (s.foresees()) {
      foreseen.addAll(foresight.redirections(step, programPath(name), context));
    }
    meaning = meaning.and(assigned(step));
    meaning = meaning.and(flowing(flows, plan, step, name, context));
    if (step.place() == PlanStep.Place.HERE) {
      return new Result(meaning, foreseen);
    }
    for (Subject subject : foreseen) {
      meaning = meaning.and(subject.meaning());
    }
    return new Result(ElsewhereSurroundings.confined(step.place(), meaning), List.of());
  }

  private static String programPath(String name) {
    return "/usr/bin/" + name;
  }

  private Meaning flowing(
      Flows flows, CommandPlan plan, PlanStep step, String name, StepContext context) {
    Meaning meaning = Meaning.NONE;
    if (flows.runsFetched(step, name)) {
      meaning = meaning.and(REMOTE_CODE);
    }
    if (sends(name, step) && carriesSecret(flows, step, context)) {
      meaning = meaning.and(Roles.exfiltration());
    }
    if (sends(name, step)) {
      meaning = meaning.and(new Sendings(flows).of(step, name));
    }
    meaning = meaning.and(new ToldSecrets(flows).of(step, name));
    if (name.equals("git")) {
      meaning = meaning.and(NewRemotes.of(plan, step));
    }
    if (name.equals("kill")) {
      meaning = meaning.and(KillMeaning.of(flows, step));
    }
    if (step.traits().contains(Trait.MULTIPLIES)) {
      meaning = meaning.and(MULTIPLIES);
    }
    if (step.traits().contains(Trait.RUNS_DECODED) || flows.runsDecoded(step, name)) {
      meaning = meaning.and(DECODED);
    } else if (context.surroundings().foresees() && isUnknown(flows, plan, step, name)) {
      meaning = meaning.and(UNKNOWN);
    }
    return meaning;
  }

  private boolean isUnknown(Flows flows, CommandPlan plan, PlanStep step, String name) {
    Argument first = step.argv().get(0);
    boolean nameless = !first.known() && name.chars().anyMatch(c -> "$*?[(`…".indexOf(c) >= 0);
    if (nameless) {
      return step.written().isEmpty();
    }
    Set<Integer> sources = flows.sources(step);
    return step.traits().contains(Trait.RUNS_UNKNOWN)
        && (sources.isEmpty()
            || !sources.stream().allMatch(source -> isTrusted(plan.steps().get(source))));
  }

  /** What prints the settings of a tool, or a file that could be run as it is. */
  private boolean isTrusted(PlanStep feeder) {
    String name = ProgramName.of(feeder.argv().get(0).text());
    boolean told = feeder.argv().stream().allMatch(a -> a.known() || a.pattern());
    return name.equals("cat")
        || name.equals(":")
        || ((name.equals("echo") || name.equals("printf")) && told)
        || catalogue.find(name).stream()
            .anyMatch(
                entry ->
                    entry.printsSettings().stream().anyMatch(words -> startsWith(feeder, words)));
  }

  private static boolean startsWith(PlanStep step, String words) {
    String line = String.join(" ", step.words().subList(1, step.argv().size())) + " ";
    return words.isEmpty() || line.startsWith(words + " ");
  }

  private boolean carriesSecret(Flows flows, PlanStep step, StepContext context) {
    return roles.inputIsSecret(step, context)
        || roles.wordsCarrySecret(step)
        || flows.sources(step).stream()
            .map(flows::step)
            .anyMatch(
                source ->
                    Roles.printsSecrets(source)
                        || roles.readsSecret(
                            source, new StepContext(source.cwd(), context.surroundings())));
  }

  private Meaning byCatalogue(
      String program,
      Flows flows,
      PlanStep step,
      boolean chosen,
      StepContext context,
      List<Subject> foreseen) {
    Meaning meaning = Meaning.NONE;
    for (ProgramEntry entry : catalogue.find(program)) {
      Invocation invocation = Invocation.of(entry, step.argv());
      if (invocation.onlyInforms(entry)) {
        continue;
      }
      for (Form form : entry.forms()) {
        Optional<List<Argument>> operands = form.apply(invocation, step);
        if (operands.isEmpty() || (chosen && form.meaning().isWithin(UNASKING_AGENT))) {
          continue;
        }
        meaning = meaning.and(form.meaning());
        String role = form.role().orElse("");
        if (Foresight.ROLES.contains(role)) {
          if (role.equals("moves")) {
            meaning = meaning.and(roles.movedAway(operands.get(), invocation, context));
          }
          if (context.surroundings().foresees()) {
            foreseen.addAll(
                foresight.of(
                    role, form, operands.get(), invocation, programPath(program), context));
          }
        } else if (role.equals("empties")) {
          meaning = meaning.and(emptied(flows, step, operands.get(), context));
        } else if (!role.isEmpty()) {
          meaning = meaning.and(roles.of(role, entry, invocation, operands.get(), step, context));
          if (context.surroundings().foresees() && role.startsWith("delete")) {
            foreseen.addAll(
                foresight.of(
                    "deletes", form, operands.get(), invocation, programPath(program), context));
          }
        }
      }
      if (context.surroundings().foresees()) {
        foreseen.addAll(foresight.values(entry, invocation, programPath(program), context));
      }
    }
    return meaning;
  }

  private static boolean printsNothing(PlanStep step) {
    List<String> words = step.words();
    boolean nothing =
        List.of(":", "true", "cat", "echo", "printf").contains(words.get(0))
            && words.stream().skip(1).allMatch(w -> w.isEmpty() || w.equals("-n"));
    return nothing || words.equals(List.of("cat", "/dev/null"));
  }

  /** A name that a listing gave stands for all that it lists. */
  private Meaning emptied(Flows flows, PlanStep step, List<Argument> files, StepContext context) {
    boolean listed =
        context.surroundings().foresees()
            && files.stream().anyMatch(file -> !file.known() && flows.isListed(file, step));
    return (listed ? EMPTIES_LISTED : Meaning.NONE).and(roles.emptied(files, context));
  }

  /** Only a file that would raise a question is worth mentioning before it is opened. */
  private Meaning redirected(Redirection redirection, String name, StepContext context) {
    String target = redirection.target().text();
    if (target.startsWith("/dev/tcp/") || target.startsWith("/dev/udp/")) {
      boolean shell = Flows.RUNS_TEXT.contains(name) || name.equals("exec");
      return shell ? SHELL_FOR_OTHERS : Meaning.NONE;
    }
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

  private Meaning assigned(PlanStep step) {
    Meaning meaning = Meaning.NONE;
    for (PlanStep.Assignment assignment : step.assignments()) {
      meaning = meaning.and(catalogue.variables().of(assignment));
    }
    return meaning;
  }

  private boolean sends(String program, PlanStep step) {
    boolean socket =
        step.redirections().stream()
            .anyMatch(r -> r.write() && r.target().text().matches("/dev/(tcp|udp)/.*"));
    return socket || catalogue.find(program).stream().anyMatch(ProgramEntry::sends);
  }
}
