package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis audit verify}: check that no row was changed, removed or slipped in. */
@Command(
    name = "verify",
    description = "Check that no row of the audit log was changed, removed or slipped in.")
final class AuditVerifyCommand implements Callable<Integer> {

  private final Caller caller;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Option(
      names = "--anchor",
      paramLabel = "HASH",
      description =
          "A head of the chain that was posted to the approval chat: the log must still hold it.")
  private String anchor;

  AuditVerifyCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    JsonNode result;
    try (ControlClient daemon = caller.daemon().connectOrStart()) {
      result = daemon.call("audit.verify", anchor == null ? Map.of() : Map.of("anchor", anchor));
    }
    JsonNode broken = result.path("broken");
    if (json) {
      Json.print(caller.out(), result);
    } else if (!broken.isObject() && !isMissing(result)) {
      caller.out().println(intact(result));
    }
    if (isMissing(result)) {
      throw new CliException(
          ExitCode.CORRUPT_STATE,
          "the audit log does not hold the anchor %s: it was written anew, or put back to an earlier state, since that was posted%s"
              .formatted(
                  Printable.of(anchor),
                  broken.isObject() ? "; it is also broken at " + where(broken) : ""));
    }
    if (broken.isObject()) {
      throw new CliException(ExitCode.CORRUPT_STATE, "audit log broken at " + where(broken));
    }
    return ExitCode.SUCCESS;
  }

  private boolean isMissing(JsonNode result) {
    return anchor != null && !result.path("anchored_row").isNumber();
  }

  private String intact(JsonNode result) {
    String anchored =
        anchor == null ? "" : ", the anchor is row " + result.path("anchored_row").asLong();
    return "audit log intact: %d rows, %d gaps, head %s%s"
        .formatted(
            result.path("rows").asLong(),
            result.path("gaps").asLong(),
            Printable.of(result.path("head").asText("none")),
            anchored);
  }

  private static String where(JsonNode broken) {
    return "row %d: %s"
        .formatted(broken.path("row").asLong(), Printable.of(broken.path("why").asText("")));
  }
}
