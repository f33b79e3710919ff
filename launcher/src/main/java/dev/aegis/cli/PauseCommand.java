package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code aegis pause}: hold every session. */
@Command(
    name = "pause",
    description = "Hold every session until aegis resume: nothing that asks goes on.")
final class PauseCommand implements Callable<Integer> {

  private final Caller caller;

  PauseCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    caller.refuseInsideSession("aegis pause");
    boolean changed = caller.ask("sessions.pause", Map.of()).path("changed").asBoolean();
    caller
        .out()
        .println(
            changed ? "every session is held until aegis resume" : "every session is held already");
    return ExitCode.SUCCESS;
  }
}
