package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis approvals show}: everything about one approval. */
@Command(name = "show", description = "Show one approval: its plan, who asked, what was decided.")
final class ApprovalsShowCommand implements Callable<Integer> {

  private final Caller caller;

  @Parameters(paramLabel = "<id>", description = "Number of the approval.")
  private long id;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  ApprovalsShowCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws ConfigException, ControlException, IOException {
    JsonNode approval = new Approvals(caller).show(id);
    if (json) {
      Json.print(caller.out(), approval);
    } else {
      new ApprovalText(caller.out()).print(approval);
    }
    return ExitCode.SUCCESS;
  }
}
