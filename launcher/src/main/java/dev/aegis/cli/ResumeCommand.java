package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code aegis resume}: let the sessions go on. */
@Command(name = "resume", description = "Let the sessions go on that aegis pause holds.")
final class ResumeCommand implements Callable<Integer> {

  private final Caller caller;

  ResumeCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    caller.refuseInsideSession("aegis resume");
    boolean changed = caller.ask("sessions.resume", Map.of()).path("changed").asBoolean();
    caller.out().println(changed ? "the sessions go on" : "nothing is held");
    return ExitCode.SUCCESS;
  }
}
