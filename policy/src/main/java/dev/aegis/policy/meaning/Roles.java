package dev.aegis.policy.meaning;

import dev.aegis.policy.command.Argument;
import dev.aegis.policy.command.PlanStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What depends on the operands of a step and on the world around it. */
final class Roles {
  private static final Meaning DISCARD =
      Meaning.of("git.discard_work", 55, "throws uncommitted work away");
  private static final Meaning DELETE_BRANCH =
      Meaning.of("git.delete_branch", 50, "deletes a branch that is not merged");
  private static final Meaning RUN_REMOTE =
      Meaning.of("package.run_remote", 60, "fetches a package and runs it");
  private static final Meaning EXFILTRATE = Meaning.of("net.exfiltrate", 95, "sends a secret away");

  private final FileMeaning files;
  private final DeletionMeaning deletions;

  Roles(FileMeaning files) {
    this.files = files;
    deletions = new DeletionMeaning(files.places(), files.deletes());
  }

  Meaning of(
      String role,
      ProgramEntry program,
      Invocation invocation,
      List<Argument> operands,
      PlanStep step,
      StepContext context) {
    return switch (role) {
      case "delete_recursively" -> deletions.recursively(operands, context);
      case "delete" -> deletions.files(operands, context);
      case "delete_at_destination" -> deletions.atDestination(operands, context);
      case "find_and_delete" -> deletions.found(step.argv(), context);
      case "discard_work" ->
          context.cwd().map(d -> !context.surroundings().holdsUncommittedWork(d)).orElse(false)
              ? Meaning.NONE
              : DISCARD;
      case "delete_branch" -> branches(operands, context);
      case "local_program" -> localProgram(operands, context);
      case "send_files" -> sends(sentFiles(program, invocation), context);
      case "send_operands" ->
          sends(operands.stream().filter(Argument::known).map(Argument::text).toList(), context);
      default -> throw new IllegalStateException("no such role: " + role);
    };
  }

  /** Tell whether some word of a step names a secret file. */
  boolean readsSecret(PlanStep step, StepContext context) {
    boolean named =
        step.argv().stream()
            .skip(1)
            .filter(Argument::known)
            .anyMatch(a -> isSecret(a.text(), context));
    return named || inputIsSecret(step, context);
  }

  /** Tell whether a step's standard input is a secret file. */
  boolean inputIsSecret(PlanStep step, StepContext context) {
    return step.redirections().stream()
        .anyMatch(r -> !r.write() && r.target().known() && isSecret(r.target().text(), context));
  }

  static Meaning exfiltration() {
    return EXFILTRATE;
  }

  private static Meaning branches(List<Argument> operands, StepContext context) {
    boolean merged =
        context.cwd().isPresent()
            && operands.stream()
                .allMatch(
                    b ->
                        b.known()
                            && context
                                .surroundings()
                                .branchIsMerged(context.cwd().get(), b.text()));
    return merged ? Meaning.NONE : DELETE_BRANCH;
  }

  /** What the workspace has already installed is only run. */
  private static Meaning localProgram(List<Argument> operands, StepContext context) {
    if (operands.isEmpty()) {
      return Meaning.NONE;
    }
    boolean local =
        operands.get(0).known()
            && context
                .resolve("node_modules/.bin/" + operands.get(0).text())
                .flatMap(context.surroundings()::identify)
                .isPresent();
    return local ? Meaning.NONE : RUN_REMOTE;
  }

  private Meaning sends(List<String> names, StepContext context) {
    return names.stream().anyMatch(n -> isSecret(n, context)) ? EXFILTRATE : Meaning.NONE;
  }

  private boolean isSecret(String name, StepContext context) {
    Optional<String> path = name.startsWith("-") ? Optional.empty() : context.resolve(name);
    return path.map(
            p ->
                files
                    .reads()
                    .of(
                        p,
                        files.places().of(p, context.surroundings()),
                        Optional.empty(),
                        "",
                        context.surroundings())
                    .isWithin("secret.read"))
        .orElse(false);
  }

  private static List<String> sentFiles(ProgramEntry program, Invocation invocation) {
    List<String> names = new ArrayList<>();
    for (String value : invocation.values()) {
      int equals = value.indexOf('=');
      String option = value.substring(0, equals);
      String text = value.substring(equals + 1);
      if (program.fileValues().contains(option)) {
        names.add(text);
      } else if (program.fileValues().contains(option + "=@") && text.indexOf('@') >= 0) {
        String name = text.substring(text.indexOf('@') + 1);
        names.add(name.indexOf(';') < 0 ? name : name.substring(0, name.indexOf(';')));
      }
    }
    return names;
  }
}
