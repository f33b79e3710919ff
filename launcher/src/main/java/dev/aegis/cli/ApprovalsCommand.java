package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code aegis approvals}: look at questions and answer them; alone, it lists what is pending. */
@Command(
    name = "approvals",
    description = "List, show and answer approvals; alone, list what is pending.",
    subcommands = {
      ApprovalsListCommand.class,
      ApprovalsShowCommand.class,
      ApprovalsApproveCommand.class,
      ApprovalsDenyCommand.class,
      ApprovalsHistoryCommand.class
    })
final class ApprovalsCommand implements Callable<Integer> {

  private final Caller caller;

  ApprovalsCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws ConfigException, ControlException, IOException {
    return new ApprovalsListCommand(caller).call();
  }
}
