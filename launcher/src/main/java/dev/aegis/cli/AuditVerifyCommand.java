package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
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

  AuditVerifyCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    JsonNode result;
    try (ControlClient daemon = caller.daemon().connectOrStart()) {
      result = daemon.call("audit.verify");
    }
    JsonNode broken = result.path("broken");
    if (json) {
      Json.print(caller.out(), result);
    } else if (!broken.isObject()) {
      caller
          .out()
          .println(
              "audit log intact: %d rows, %d gaps, head %s"
                  .formatted(
                      result.path("rows").asLong(),
                      result.path("gaps").asLong(),
                      Printable.of(result.path("head").asText("none"))));
    }
    if (broken.isObject()) {
      throw new CliException(
          ExitCode.CORRUPT_STATE,
          "audit log broken at row %d: %s"
              .formatted(broken.path("row").asLong(), Printable.of(broken.path("why").asText(""))));
    }
    return ExitCode.SUCCESS;
  }
}
