package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis approvals deny}: let a held operation fail. */
@Command(name = "deny", description = "Let a held operation fail.")
final class ApprovalsDenyCommand implements Callable<Integer> {

  private final Caller caller;

  @Parameters(paramLabel = "<id>", description = "Number of the approval.")
  private long id;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, in words that the wrapped program may read.")
  private String reason;

  @Option(names = "--json", description = "Print the approval as JSON.")
  private boolean json;

  ApprovalsDenyCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    caller.refuseInsideSession("aegis approvals deny");
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("id", id);
    arguments.put("decision", "deny");
    arguments.put("scope", "once");
    arguments.put("channel", "cli");
    if (reason != null) {
      arguments.put("reason", reason);
    }
    JsonNode approval = new Approvals(caller).decide(arguments);
    if (json) {
      Json.print(caller.out(), approval);
    } else {
      caller.out().println("denied %d: %s".formatted(id, ApprovalText.what(approval)));
    }
    return ExitCode.SUCCESS;
  }
}
