package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.BlastRadius;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Decision;
import dev.aegis.policy.Verdict;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The first stage: says what an operation would do, and how far it would reach. */
final class Planner {

  private final EventBus bus;

  Planner(EventBus bus) {
    this.bus = bus;
  }

  void plan(PipelineEvent.Asked asked) {
    bus.publish(new PipelineEvent.Planned(plan(asked.asking())));
  }

  private static Plan plan(Asking asking) {
    String command = Sentences.of(asking.operation());
    if (asking.operation() instanceof Execute execute) {
      return new Plan(
          asking, command, execute.path(), execute.cwd(), operands(execute.argv(), execute.cwd()));
    }
    if (asking.operation() instanceof FileAccess access) {
      List<String> targets = new ArrayList<>(List.of(access.path()));
      access.otherPath().filter(path -> path.startsWith("/")).ifPresent(targets::add);
      return new Plan(asking, command, access.path(), "", targets);
    }
    return new Plan(asking, command, "", "", List.of());
  }

  /* Every argument may be a path: whether it is one shows when somebody looks. Only such as stay
   * within reach of what was shown count: never the root, and nothing that climbs. */
  private static List<String> operands(List<String> argv, String cwd) {
    List<String> targets = new ArrayList<>();
    boolean onlyOperands = false;
    for (String argument : argv.subList(Math.min(1, argv.size()), argv.size())) {
      if (argument.equals("--")) {
        onlyOperands = true;
      } else if ((onlyOperands || !argument.startsWith("-")) && !argument.isEmpty()) {
        operand(cwd, argument).ifPresent(targets::add);
      }
    }
    return targets;
  }

  /* What Java cannot name, no grant covers; it will be asked about by itself. */
  private static Optional<String> operand(String cwd, String argument) {
    try {
      return Optional.of(Path.of(cwd).resolve(argument).normalize())
          .filter(path -> path.getNameCount() > 0 && !climbs(argument))
          .map(Path::toString);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /* After a symbolic link, ".." leads elsewhere than the text says. */
  private static boolean climbs(String argument) {
    return List.of(argument.split("/", -1)).contains("..");
  }

  /**
   * Count what a plan would reach, the steps of a compound command included; walks the file system.
   */
  static BlastRadius blastRadius(Plan plan, Decision decision, List<String> reach) {
    OperationKind kind = plan.asking().operation().kind();
    boolean reaches =
        switch (kind) {
          case EXECUTE, DELETE_FILE, MOVE_FILE, WRITE_FILE -> true;
          default -> false;
        };
    if (!reaches) {
      return BlastRadius.NONE;
    }
    Set<String> targets = new LinkedHashSet<>(reach.isEmpty() ? plan.targets() : reach);
    decision.steps().stream()
        .filter(step -> step.verdict() != Verdict.ALLOW && !step.cwd().isEmpty())
        .forEach(step -> targets.addAll(operands(step.argv(), step.cwd())));
    List<String> existing =
        targets.stream().filter(path -> KernelFiles.identify(path).isPresent()).toList();
    return plan.asking().context().place().count(existing);
  }
}
