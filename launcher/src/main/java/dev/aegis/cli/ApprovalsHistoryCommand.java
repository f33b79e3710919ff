package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aegis approvals history}: what was decided. */
@Command(name = "history", description = "List decided approvals, newest first.")
final class ApprovalsHistoryCommand implements Callable<Integer> {

  private final Caller caller;

  @Spec private CommandSpec spec;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  ApprovalsHistoryCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws ConfigException, ControlException, IOException {
    if (limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit: expected a number from 1 on, found \"" + limit + '"');
    }
    JsonNode approvals = new Approvals(caller).history(limit);
    if (json) {
      Json.print(caller.out(), approvals);
    } else if (approvals.isEmpty()) {
      caller.out().println("nothing was decided yet");
    } else {
      ApprovalText.table(approvals).print(caller.out());
    }
    return ExitCode.SUCCESS;
  }
}
