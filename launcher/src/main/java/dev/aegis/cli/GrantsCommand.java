package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code aegis grants}: what approvals have left behind; alone, it lists them. */
@Command(
    name = "grants",
    description = "List what was approved for longer than once, and end it; alone, list.",
    subcommands = {GrantsListCommand.class, GrantsRevokeCommand.class})
final class GrantsCommand implements Callable<Integer> {

  private final Caller caller;

  GrantsCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws ConfigException, ControlException, IOException {
    return new GrantsListCommand(caller).call();
  }
}
