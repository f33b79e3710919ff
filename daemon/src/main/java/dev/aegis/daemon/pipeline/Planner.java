package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.BlastRadius;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
      return new Plan(asking, command, execute.path(), execute.cwd(), operands(execute));
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
  private static List<String> operands(Execute execute) {
    List<String> targets = new ArrayList<>();
    boolean onlyOperands = false;
    for (String argument :
        execute.argv().subList(Math.min(1, execute.argv().size()), execute.argv().size())) {
      if (argument.equals("--")) {
        onlyOperands = true;
      } else if ((onlyOperands || !argument.startsWith("-")) && !argument.isEmpty()) {
        operand(execute.cwd(), argument).ifPresent(targets::add);
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

  /** Count what a plan would reach; walks the file system. */
  static BlastRadius blastRadius(Plan plan) {
    OperationKind kind = plan.asking().operation().kind();
    boolean reaches =
        switch (kind) {
          case EXECUTE, DELETE_FILE, MOVE_FILE, WRITE_FILE -> true;
          default -> false;
        };
    if (!reaches) {
      return BlastRadius.NONE;
    }
    List<String> existing =
        plan.targets().stream().filter(path -> KernelFiles.identify(path).isPresent()).toList();
    return plan.asking().context().place().count(existing);
  }
}
