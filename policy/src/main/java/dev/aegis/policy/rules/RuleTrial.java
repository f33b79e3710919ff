package dev.aegis.policy.rules;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.command.CommandLine;
import java.util.List;
import java.util.Optional;

/** Runs one rule test against an imaginary user, machine and workspace. */
final class RuleTrial {
  private static final String SHELL = "/usr/bin/sh";
  private static final int WRITE_CREATE = 0101;

  private RuleTrial() {}

  static Optional<PolicyProblem> run(RuleTest test, PolicyEngine engine) {
    ImaginarySurroundings surroundings = ImaginarySurroundings.acting();
    Operation operation = operation(test, surroundings);
    Decision decision = engine.decide(operation, SHELL, surroundings);
    for (int done = 1; done < test.times(); done++) {
      decision = engine.decide(operation, SHELL, surroundings);
    }
    boolean verdict = decision.verdict() == test.expected();
    boolean rule = test.rule().map(decision.rule()::equals).orElse(true);
    if (verdict && rule) {
      return Optional.empty();
    }
    return Optional.of(
        new PolicyProblem(
            test.file(),
            test.line(),
            test.column(),
            "test \""
                + test.name()
                + "\" expects "
                + test.expected().label()
                + test.rule().map(r -> " by " + r).orElse("")
                + ", but the policy says "
                + decision.verdict().label()
                + " by "
                + decision.rule()));
  }

  private static Operation operation(RuleTest test, ImaginarySurroundings s) {
    return switch (test.kind()) {
      case EXECUTE -> execute(test.subject());
      case CONNECT, BIND ->
          new Operation.SocketAccess(test.kind(), test.subject(), 0, Optional.empty());
      default -> file(test.kind(), s.expand(test.subject()), s);
    };
  }

  private static Operation execute(String command) {
    List<String> argv = CommandLine.words(command).orElse(List.of("sh", "-c", command));
    String name = argv.get(0);
    return new Operation.Execute(
        name.startsWith("/") ? name : "/usr/bin/" + name,
        Optional.empty(),
        argv,
        ImaginarySurroundings.WORKSPACE,
        List.of(),
        ImaginarySurroundings.FILE,
        Coverage.LIBC,
        0,
        false);
  }

  private static Operation file(OperationKind kind, String path, ImaginarySurroundings s) {
    Optional<FileIdentity> identity = s.identify(path);
    boolean write = kind == OperationKind.WRITE_FILE;
    return new Operation.FileAccess(
        kind,
        write || kind == OperationKind.READ_FILE ? "openat" : "",
        path,
        kind == OperationKind.MOVE_FILE ? Optional.of(path + ".moved") : Optional.empty(),
        Optional.empty(),
        identity,
        Optional.empty(),
        write ? WRITE_CREATE : 0,
        0);
  }
}
