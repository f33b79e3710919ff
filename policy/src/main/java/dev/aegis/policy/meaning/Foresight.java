package dev.aegis.policy.meaning;

import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.Argument;
import dev.aegis.policy.command.PlanStep;
import dev.aegis.policy.command.Redirection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which files a step would read, write, move or delete, for where nothing will really run and
 * no such operation will ever be judged.
 */
final class Foresight {
  /** Roles of forms that say what becomes of the operands. */
  static final Set<String> ROLES =
      Set.of(
          "reads",
          "writes",
          "appends",
          "copies",
          "moves",
          "links",
          "changes_mode",
          "deletes",
          "unpacks",
          "reads_if");

  private static final int MOST = 24;
  private static final int WRITE_FLAGS = 0101;

  private final FileMeaning files;

  Foresight(FileMeaning files) {
    this.files = files;
  }

  /** Return the operations on files that one form of a program stands for. */
  List<Subject> of(
      String role,
      Form form,
      List<Argument> operands,
      Invocation invocation,
      String program,
      StepContext context) {
    boolean given = form.skipUnless().isEmpty() || !invocation.hasOption(form.skipUnless());
    int skip = given ? Math.min(form.skip(), operands.size()) : 0;
    List<Argument> objects = operands.subList(skip, operands.size());
    List<Subject> all = new ArrayList<>();
    switch (role) {
      case "reads" -> {
        StepContext there = inDirectory(invocation, context);
        objects.forEach(o -> read(o, program, there, all));
      }
      case "writes" -> objects.forEach(o -> write(o, program, context, all));
      case "unpacks" ->
          write(
              invocation
                  .valueOf("-C")
                  .or(() -> invocation.valueOf("--directory"))
                  .or(() -> invocation.valueOf("-d"))
                  .map(d -> new Argument(d, d.indexOf('$') < 0))
                  .orElse(Argument.here()),
              program,
              context,
              all);
      case "deletes" -> objects.forEach(o -> delete(o, program, context, all));
      case "reads_if" -> {
        objects.stream()
            .filter(o -> o.text().startsWith("if="))
            .forEach(o -> read(o.withText(o.text().substring(3)), program, context, all));
        objects.stream()
            .filter(o -> o.text().startsWith("of="))
            .forEach(o -> write(o.withText(o.text().substring(3)), program, context, all));
      }
      case "changes_mode" -> {
        int mode = operands.isEmpty() ? 0 : Modes.of(operands.get(0).text());
        objects.forEach(o -> mode(o, mode, program, context, all));
      }
      default -> fromTo(role, objects, invocation, program, context, all);
    }
    return all.subList(0, Math.min(MOST, all.size()));
  }

  /** Return the operations that the redirections of a step stand for. */
  List<Subject> redirections(PlanStep step, String program, StepContext context) {
    List<Subject> all = new ArrayList<>();
    for (Redirection redirection : step.redirections()) {
      if (redirection.write()) {
        write(redirection.target(), program, context, all);
      } else {
        read(redirection.target(), program, context, all);
      }
    }
    return all;
  }

  /** Return the operations that options with file names stand for. */
  List<Subject> values(
      ProgramEntry entry, Invocation invocation, String program, StepContext context) {
    List<Subject> all = new ArrayList<>();
    for (String value : invocation.values()) {
      int equals = value.indexOf('=');
      String option = value.substring(0, equals);
      Argument file = new Argument(value.substring(equals + 1), value.indexOf('$') < 0);
      if (entry.writeValues().contains(option)) {
        write(file, program, context, all);
      } else if (entry.readValues().contains(option)) {
        read(file, program, context, all);
      }
    }
    return all;
  }

  /** Some programs go to a directory before they look at their operands. */
  private static StepContext inDirectory(Invocation invocation, StepContext context) {
    return invocation
        .valueOf("-C")
        .or(() -> invocation.valueOf("--directory"))
        .flatMap(context::resolve)
        .map(directory -> new StepContext(Optional.of(directory), context.surroundings()))
        .orElse(context);
  }

  private void fromTo(
      String role,
      List<Argument> objects,
      Invocation invocation,
      String program,
      StepContext context,
      List<Subject> all) {
    Optional<String> into =
        invocation.valueOf("-t").or(() -> invocation.valueOf("--target-directory"));
    List<Argument> sources =
        into.isPresent() || objects.isEmpty() ? objects : objects.subList(0, objects.size() - 1);
    Optional<Argument> target =
        into.map(t -> new Argument(t, true))
            .or(
                () ->
                    objects.size() < 2
                        ? Optional.empty()
                        : Optional.of(objects.get(objects.size() - 1)));
    for (Argument source : sources) {
      if (role.equals("moves")) {
        target.ifPresent(t -> move(source, t, program, context, all));
      } else if (!role.equals("links") || !invocation.hasOption(List.of("-s", "--symbolic"))) {
        read(source, program, context, all);
      } else {
        List<Subject> behind = new ArrayList<>();
        read(source, program, context, behind);
        behind.stream().filter(s -> isAnothersSecret(s.meaning())).forEach(all::add);
      }
    }
    target
        .filter(t -> t.text().indexOf(':') < 0)
        .ifPresent(t -> write(inside(t, sources), program, context, all));
  }

  /** A second name for a secret is there to read it by; environment files are shared that way. */
  private static boolean isAnothersSecret(Meaning meaning) {
    return meaning.isWithin("secret.read") && !meaning.isWithin("secret.read.env");
  }

  /** What is copied into a directory keeps its name. */
  private static Argument inside(Argument target, List<Argument> sources) {
    boolean directory = target.known() && target.text().endsWith("/") && !sources.isEmpty();
    return directory ? target.withText(target.text() + Paths.name(sources.get(0).text())) : target;
  }

  private void read(Argument file, String program, StepContext context, List<Subject> all) {
    for (String path : files.secretNames().candidates(file, context)) {
      Subject subject = subject(OperationKind.READ_FILE, "openat", path, 0, 0, program, context);
      if (all.isEmpty() || subject.meaning().isWithin("secret")) {
        all.add(subject);
      }
    }
  }

  private void write(Argument file, String program, StepContext context, List<Subject> all) {
    resolve(file, context)
        .ifPresent(
            path ->
                all.add(
                    subject(
                        OperationKind.WRITE_FILE,
                        "openat",
                        path,
                        WRITE_FLAGS,
                        0644,
                        program,
                        context)));
  }

  private void delete(Argument file, String program, StepContext context, List<Subject> all) {
    context
        .resolve(file)
        .filter(path -> !isDirectory(path, context.surroundings()))
        .ifPresent(
            path ->
                all.add(
                    subject(OperationKind.DELETE_FILE, "unlinkat", path, 0, 0, program, context)));
  }

  private static boolean isDirectory(String path, Surroundings s) {
    return s.identify(path).map(id -> id.isDirectory()).orElse(false);
  }

  private void mode(
      Argument file, int mode, String program, StepContext context, List<Subject> all) {
    resolve(file, context)
        .ifPresent(
            path ->
                all.add(
                    subject(
                        OperationKind.CHANGE_MODE, "fchmodat", path, 0, mode, program, context)));
  }

  private void move(
      Argument source, Argument target, String program, StepContext context, List<Subject> all) {
    Optional<String> from = resolve(source, context);
    Optional<String> to = resolve(target, context);
    if (from.isPresent() && to.isPresent()) {
      Surroundings s = context.surroundings();
      FileAccess access =
          new FileAccess(
              OperationKind.MOVE_FILE,
              "rename",
              from.get(),
              to,
              Optional.empty(),
              s.identify(from.get()),
              Optional.empty(),
              0,
              0);
      all.addAll(files.of(access, program, s));
    }
  }

  private static Optional<String> resolve(Argument file, StepContext context) {
    if (file.pattern()) {
      NamePattern pattern = NamePattern.of(file.text());
      String directory = pattern.directory().isEmpty() ? "." : pattern.directory();
      return context.resolve(directory).map(d -> d + "/" + pattern.example());
    }
    return context.resolve(file);
  }

  private Subject subject(
      OperationKind kind,
      String call,
      String path,
      int flags,
      int mode,
      String program,
      StepContext context) {
    Surroundings s = context.surroundings();
    FileAccess access =
        new FileAccess(
            kind,
            call,
            path,
            Optional.empty(),
            Optional.empty(),
            s.identify(path),
            Optional.empty(),
            flags,
            mode);
    return files.of(access, program, s).get(0);
  }
}
