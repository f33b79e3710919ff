package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis grants list}: what is let through without a question. */
@Command(name = "list", description = "List the grants in force, oldest first.")
final class GrantsListCommand implements Callable<Integer> {

  private static final int COMMAND_WIDTH = 60;

  private final Caller caller;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  GrantsListCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws ConfigException, ControlException, IOException {
    JsonNode grants = caller.ask("grants.list", Map.of());
    if (json) {
      Json.print(caller.out(), grants);
    } else if (grants.isEmpty()) {
      caller.out().println("no grants");
    } else {
      table(grants).print(caller.out());
    }
    return ExitCode.SUCCESS;
  }

  private static Table table(JsonNode grants) {
    Table table = new Table("ID", "HOLDS", "WRAPPED", "IN", "GIVEN BY", "THE SHAPE OF");
    for (JsonNode grant : grants) {
      table.add(
          grant.path("id").asText(),
          holds(grant),
          Printable.of(grant.path("wrapped").asText()),
          Printable.of(grant.path("cwd").asText("")),
          Printable.of(grant.path("granted_by").asText()),
          Printable.of(grant.path("command").asText(""), COMMAND_WIDTH));
    }
    return table;
  }

  private static String holds(JsonNode grant) {
    String session = Printable.of(grant.path("session").asText(""));
    return switch (grant.path("scope").asText()) {
      case "always" -> "always";
      case "minutes" ->
          "until %s in session %s".formatted(Printable.of(grant.path("until").asText()), session);
      default -> "in session " + session;
    };
  }
}
