package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis approvals approve}: let a held operation go on. */
@Command(name = "approve", description = "Let a held operation go on.")
final class ApprovalsApproveCommand implements Callable<Integer> {

  /** For what an approval holds. */
  enum Scope {
    once,
    session
  }

  private final Caller caller;

  @Parameters(paramLabel = "<id>", description = "Number of the approval.")
  private long id;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "once",
      description =
          "${COMPLETION-CANDIDATES}: this operation alone, or all of its shape in this session"
              + " (default: ${DEFAULT-VALUE}).")
  private Scope scope;

  @Option(names = "--json", description = "Print the approval as JSON.")
  private boolean json;

  ApprovalsApproveCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    caller.refuseInsideSession("aegis approvals approve");
    JsonNode approval =
        new Approvals(caller)
            .decide(
                Map.of("id", id, "decision", "approve", "scope", scope.name(), "channel", "cli"));
    if (json) {
      Json.print(caller.out(), approval);
    } else if (approval.path("state").asText().equals("pending")) {
      caller
          .out()
          .println(
              "counted for %d: more people must approve, see aegis approvals show".formatted(id));
    } else {
      caller.out().println("approved %d: %s".formatted(id, ApprovalText.what(approval)));
    }
    return ExitCode.SUCCESS;
  }
}
