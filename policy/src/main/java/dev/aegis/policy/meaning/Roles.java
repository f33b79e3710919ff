package dev.aegis.policy.meaning;

import com.google.re2j.Pattern;
import dev.aegis.policy.command.Argument;
import dev.aegis.policy.command.PlanStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What depends on the operands of a step and on the world around it. */
final class Roles {
  private static final Meaning DISCARD =
      Meaning.of("git.discard_work", 55, "throws uncommitted work away");
  private static final Meaning DELETE_BRANCH =
      Meaning.of("git.delete_branch", 50, "deletes a branch that is not merged");
  private static final Meaning RUN_REMOTE =
      Meaning.of("package.run_remote", 60, "fetches a package and runs it");
  private static final Meaning EXFILTRATE = Meaning.of("net.exfiltrate", 95, "sends a secret away");

  private static final Pattern SECRET_VARIABLE =
      Pattern.compile(
          "(?i)(^|[?&/=:@{\"' ])[^ ]*\\$\\{?[A-Z0-9_]*(SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIAL)");

  private static final Meaning REMOTE_CHANGE =
      Meaning.of("remote.change", 55, "sends files to a store");
  private static final Meaning UPLOAD =
      Meaning.of("net.upload", 55, "sends files to another machine");

  private final Set<String> localTools;
  private final FileMeaning files;
  private final DeletionMeaning deletions;
  private final ContainerMeaning containers;

  Roles(FileMeaning files, Set<String> localTools) {
    this.files = files;
    this.localTools = localTools;
    containers = new ContainerMeaning(files.places());
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
      case "clean_recursively" ->
          deletions.recursively(
              operands.stream().filter(o -> !isLibrary(o, context)).toList(), context);
      case "delete" -> deletions.files(operands, context);
      case "delete_at_destination" -> deletions.atDestination(operands, context);
      case "find_and_delete" -> deletions.found(step.argv(), context);
      case "discard_work" ->
          context.cwd().map(d -> !context.surroundings().holdsUncommittedWork(d)).orElse(false)
              ? Meaning.NONE
              : DISCARD;
      case "delete_branch" -> branches(operands, context);
      case "local_program" -> localProgram(operands, context);
      case "sql" -> SqlScripts.of(invocation, operands, step, context);
      case "container" -> containers.of(invocation, context);
      case "upload" -> upload(operands);
      case "send_to_host" -> sendToHost(operands, context);
      case "send_files" -> sendsFiles(sentFiles(program, invocation), operands, context);
      case "send_operands" ->
          sends(operands.stream().filter(Argument::known).map(Argument::text).toList(), context);
      default -> throw new IllegalStateException("no such role: " + role);
    };
  }

  /** Files that lose all that they hold; one by one they may, many at once not. */
  Meaning emptied(List<Argument> files, StepContext context) {
    List<Argument> many = files.stream().filter(Argument::pattern).toList();
    return many.isEmpty() && files.size() < 6
        ? Meaning.NONE
        : deletions.files(many.isEmpty() ? files : many, context);
  }

  /** What is moved to where temporary files lie is as good as deleted. */
  Meaning movedAway(List<Argument> operands, Invocation invocation, StepContext context) {
    Optional<String> into =
        invocation.valueOf("-t").or(() -> invocation.valueOf("--target-directory"));
    if (operands.size() < (into.isPresent() ? 1 : 2)) {
      return Meaning.NONE;
    }
    List<Argument> sources = into.isPresent() ? operands : operands.subList(0, operands.size() - 1);
    Optional<String> target =
        into.flatMap(context::resolve).or(() -> context.resolve(operands.get(operands.size() - 1)));
    boolean away =
        context.surroundings().foresees()
            && target
                .map(t -> files.places().of(t, context.surroundings()) == Place.SCRATCH)
                .orElse(false);
    return away
        ? deletions.recursively(
            sources.stream().filter(a -> a.known() || a.pattern()).toList(), context)
        : Meaning.NONE;
  }

  private Meaning sendsFiles(List<String> names, List<Argument> operands, StepContext context) {
    Meaning secrets = sends(names, context);
    return secrets.categories().isEmpty() ? sendsOutside(names, operands, context) : secrets;
  }

  /** Files from outside the workspace have no business elsewhere. */
  private Meaning sendsOutside(List<String> names, List<Argument> operands, StepContext context) {
    boolean outside =
        names.stream()
            .filter(n -> !n.equals("-"))
            .map(context::resolve)
            .flatMap(Optional::stream)
            .map(p -> files.places().of(p, context.surroundings()))
            .anyMatch(p -> p == Place.HOME || p == Place.MACHINE || p == Place.FOREIGN_PROCESS);
    return outside && operands.stream().noneMatch(o -> LocalAddress.isHere(o.text()))
        ? UPLOAD
        : Meaning.NONE;
  }

  /** Tell whether some word of a step names a secret file, or a directory that holds some. */
  boolean readsSecret(PlanStep step, StepContext context) {
    boolean named =
        step.argv().stream()
            .skip(1)
            .anyMatch(
                a ->
                    files.secretNames().candidates(a, context).stream()
                        .anyMatch(p -> isSecret(p, context)));
    return named || inputIsSecret(step, context);
  }

  /** Tell whether a step prints what its environment or the shell's memory holds. */
  static boolean printsSecrets(PlanStep step) {
    String name = step.argv().get(0).text();
    return switch (name) {
      case "env", "printenv", "set", "export", "declare", "history" ->
          step.argv().stream().skip(1).allMatch(a -> a.text().startsWith("-")) && !step.wrapper();
      default -> false;
    };
  }

  /** Tell whether the address or the body of a request carries a variable that names a secret. */
  boolean wordsCarrySecret(PlanStep step) {
    String before = "";
    for (Argument word : step.argv()) {
      boolean header = before.equals("-H") || before.equals("--header") || before.equals("-u");
      if (!word.known() && !header && SECRET_VARIABLE.matcher(word.text()).find()) {
        return true;
      }
      before = word.text();
    }
    return false;
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

  private static Meaning upload(List<Argument> operands) {
    if (operands.isEmpty()) {
      return Meaning.NONE;
    }
    String last = operands.get(operands.size() - 1).text();
    boolean url = last.matches("(?i)(https?|ftp|sftp)://.*");
    if (url) {
      return LocalAddress.isHere(last) ? Meaning.NONE : UPLOAD;
    }
    boolean away = last.matches("[A-Za-z0-9_.@-]+:.*");
    boolean from = operands.get(0).text().matches("[A-Za-z0-9_.@-]+:.*");
    return away && (!from || operands.size() < 2) ? REMOTE_CHANGE : Meaning.NONE;
  }

  private Meaning sendToHost(List<Argument> operands, StepContext context) {
    if (operands.size() < 2 || operands.get(operands.size() - 1).text().indexOf(':') < 0) {
      return Meaning.NONE;
    }
    boolean secret =
        operands.subList(0, operands.size() - 1).stream()
            .filter(a -> a.text().indexOf(':') < 0)
            .anyMatch(
                a ->
                    files.secretNames().candidates(a, context).stream()
                        .anyMatch(p -> isSecret(p, context)));
    return secret ? EXFILTRATE : Meaning.NONE;
  }

  /** What the workspace has already installed is only run. */
  private Meaning localProgram(List<Argument> operands, StepContext context) {
    if (operands.isEmpty()) {
      return Meaning.NONE;
    }
    Argument name = operands.get(0);
    boolean local =
        name.known()
            && context
                .resolve("node_modules/.bin/" + name.text())
                .flatMap(context.surroundings()::identify)
                .isPresent();
    boolean likely =
        name.known()
            && context.surroundings().foresees()
            && localTools.contains(withoutVersion(name.text()))
            && context
                .resolve("node_modules/.bin")
                .flatMap(context.surroundings()::identify)
                .isEmpty();
    return local || likely ? Meaning.NONE : RUN_REMOTE;
  }

  /** What packages of JavaScript are compiled to; those that clean up for them name it most. */
  private static boolean isLibrary(Argument operand, StepContext context) {
    boolean named = operand.text().matches("(\\./)?libs?(/[^.].*)?");
    return named
        && context.surroundings().foresees()
        && context.resolve(operand).flatMap(context.surroundings()::identify).isEmpty();
  }

  private static String withoutVersion(String name) {
    int at = name.indexOf('@', 1);
    return at < 0 ? name : name.substring(0, at);
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

  /** Return where a file's name begins, or -1: behind {@code @}, or in a form behind {@code =<}. */
  private static int marked(String text) {
    int read = text.indexOf("=<");
    return read >= 0 ? read + 1 : text.indexOf('@');
  }

  private static List<String> sentFiles(ProgramEntry program, Invocation invocation) {
    List<String> names = new ArrayList<>();
    for (String value : invocation.values()) {
      int equals = value.indexOf('=');
      String option = value.substring(0, equals);
      String text = value.substring(equals + 1);
      if (program.fileValues().contains(option)) {
        names.add(text);
      } else if (program.fileValues().contains(option + "=@") && marked(text) >= 0) {
        String name = text.substring(marked(text) + 1);
        names.add(name.indexOf(';') < 0 ? name : name.substring(0, name.indexOf(';')));
      }
    }
    return names;
  }
}
