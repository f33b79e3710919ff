package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis approvals approve}: let a held operation go on. */
@Command(name = "approve", description = "Let a held operation go on.")
final class ApprovalsApproveCommand implements Callable<Integer> {

  /** For what an approval holds. */
  enum Scope {
    once,
    session,
    always
  }

  /** The ways to say it, of which one is enough. */
  private static final class Reach {
    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        description =
            "${COMPLETION-CANDIDATES}: this operation alone (the default), all of its shape in this"
                + " session, or in every session of the same wrapped program.")
    private Scope scope;

    @Option(names = "--session", description = "The same as --scope session.")
    @SuppressWarnings("UnusedVariable") // what is left when nothing else was said
    private boolean session;

    @Option(names = "--always", description = "The same as --scope always.")
    private boolean always;

    @Option(
        names = "--for",
        paramLabel = "TIME",
        converter = HowLong.class,
        description = "All of its shape in this session for a time such as 10m or 2h.")
    private Duration time;
  }

  private final Caller caller;

  @Parameters(paramLabel = "<id>", description = "Number of the approval.")
  private long id;

  @ArgGroup private Reach reach;

  @Option(names = "--yes", description = "Approve for always without being asked again.")
  private boolean yes;

  @Option(names = "--json", description = "Print the approval as JSON.")
  private boolean json;

  ApprovalsApproveCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    caller.refuseInsideSession("aegis approvals approve");
    Map<String, Object> arguments = arguments();
    Approvals approvals = new Approvals(caller);
    if (arguments.get("scope").equals("always") && !yes) {
      confirm(approvals.show(id));
    }
    JsonNode approval = approvals.decide(arguments);
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

  private Map<String, Object> arguments() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("id", id);
    arguments.put("decision", "approve");
    arguments.put("channel", "cli");
    if (reach != null && reach.time != null) {
      arguments.put("scope", "minutes");
      arguments.put("seconds", reach.time.toSeconds());
    } else {
      arguments.put("scope", scope().name());
    }
    return arguments;
  }

  private Scope scope() {
    if (reach == null) {
      return Scope.once;
    }
    if (reach.scope != null) {
      return reach.scope;
    }
    return reach.always ? Scope.always : Scope.session;
  }

  private void confirm(JsonNode approval) throws CliException, IOException {
    String question =
        "Always: every session of %s may do what has the shape of this, in this directory, with this content,%nuntil aegis grants revoke:%n  %s%n"
            .formatted(
                Printable.of(approval.path("wrapped").asText()), ApprovalText.what(approval));
    if (!caller.confirms(question)) {
      throw new CliException(
          ExitCode.GENERAL, "approval %d stays open: not confirmed".formatted(id));
    }
  }
}
