package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis grants revoke}: end what was approved for longer than once. */
@Command(name = "revoke", description = "End grants: what they covered is asked again.")
final class GrantsRevokeCommand implements Callable<Integer> {

  private final Caller caller;

  @Parameters(paramLabel = "<id>", arity = "1..*", description = "Numbers of grants.")
  private List<Long> ids;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  private boolean json;

  GrantsRevokeCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    caller.refuseInsideSession("aegis grants revoke");
    for (long id : ids) {
      caller.ask("grants.revoke", Map.of("id", id));
      if (!json) {
        caller.out().println("revoked " + id);
      }
    }
    if (json) {
      Json.print(caller.out(), ids);
    }
    return ExitCode.SUCCESS;
  }
}
