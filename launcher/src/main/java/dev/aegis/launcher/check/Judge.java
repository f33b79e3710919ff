package dev.aegis.launcher.check;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts questions to a policy. Thread-safe. */
final class Judge {
  private static final String SHELL = "/bin/bash";
  /* A tool is asked for by the wrapped program, which owns no credentials but its own. */
  private static final String ASKER = "/usr/bin/agent";
  private static final int READ = 0;
  private static final int CREATE_AND_WRITE = 0101;

  /* A program that the machine has; what a check knows of a program is its name. */
  private static final FileIdentity PROGRAM =
      new FileIdentity(0, 0, 0, Instant.EPOCH, Instant.EPOCH, 0100755, 1, 0, 0);

  private final PolicyEngine engine;
  private final Whereabouts whereabouts;

  Judge(PolicyEngine engine, Whereabouts whereabouts) {
    this.engine = engine;
    this.whereabouts = whereabouts;
  }

  Decision judge(CheckRequest request) throws BadQuestionException {
    PresentSurroundings surroundings = whereabouts.of(request.cwd(), request.home());
    Operation operation = operation(request.subject(), surroundings);
    return engine.decide(operation, ASKER, surroundings);
  }

  /** Judge one operation that has nothing to do with what comes after it. */
  Decision judgeAlone(CheckRequest request) throws BadQuestionException {
    PresentSurroundings surroundings = whereabouts.of(request.cwd(), request.home());
    Operation operation = operation(request.subject(), surroundings);
    return engine.decide(operation, ASKER, surroundings.withoutForesight());
  }

  private static Operation operation(CheckRequest.Subject subject, PresentSurroundings s)
      throws BadQuestionException {
    if (subject instanceof CheckRequest.Command command) {
      return execute(SHELL, List.of("bash", "-c", command.line()), s);
    }
    if (subject instanceof CheckRequest.Vector vector) {
      String name = vector.argv().get(0);
      return execute(program(name, s), vector.argv(), s);
    }
    CheckRequest.File file = (CheckRequest.File) subject;
    return access(file, s);
  }

  private static String program(String name, PresentSurroundings s) {
    if (name.indexOf('/') < 0) {
      return "/usr/bin/" + name;
    }
    return s.resolve(s.cwd(), name).orElse(name);
  }

  private static Execute execute(String path, List<String> argv, PresentSurroundings s) {
    return new Execute(
        path,
        Optional.empty(),
        argv,
        s.cwd(),
        List.of(),
        s.identify(path).orElse(PROGRAM),
        Coverage.LIBC,
        0,
        false);
  }

  private static FileAccess access(CheckRequest.File file, PresentSurroundings s)
      throws BadQuestionException {
    OperationKind kind =
        OperationKind.ofTool(file.tool())
            .filter(k -> isAboutFiles(k))
            .orElseThrow(
                () ->
                    new BadQuestionException(
                        "unknown tool \""
                            + file.tool()
                            + "\"; expected read_file, write_file, delete_file, move_file or"
                            + " change_mode"));
    String path = s.resolve(s.cwd(), s.expand(file.path())).orElse(file.path());
    return new FileAccess(
        kind,
        kind == OperationKind.READ_FILE || kind == OperationKind.WRITE_FILE ? "openat" : "",
        path,
        Optional.empty(),
        Optional.of(file.path()),
        s.identify(path),
        Optional.empty(),
        kind == OperationKind.WRITE_FILE ? CREATE_AND_WRITE : READ,
        kind == OperationKind.CHANGE_MODE ? 0644 : 0);
  }

  private static boolean isAboutFiles(OperationKind kind) {
    return switch (kind) {
      case READ_FILE, WRITE_FILE, DELETE_FILE, MOVE_FILE, CHANGE_MODE -> true;
      default -> false;
    };
  }
}
