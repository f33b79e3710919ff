package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis approvals list}: what waits for an answer. */
@Command(name = "list", description = "List approvals that wait for an answer, oldest first.")
final class ApprovalsListCommand implements Callable<Integer> {

  private final Caller caller;

  @Option(names = "--all", description = "Also those that were decided.")
  private boolean all;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  ApprovalsListCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws ConfigException, ControlException, IOException {
    JsonNode approvals = new Approvals(caller).list(all);
    if (json) {
      Json.print(caller.out(), approvals);
    } else if (approvals.isEmpty()) {
      caller.out().println(all ? "no approvals" : "no pending approvals");
    } else {
      ApprovalText.table(approvals).print(caller.out());
    }
    return ExitCode.SUCCESS;
  }
}
