package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code aegis config path}: where config.toml stands. */
@Command(name = "path", description = "Print the path of config.toml.")
final class ConfigPathCommand implements Callable<Integer> {

  private final Caller caller;

  ConfigPathCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws ConfigException {
    caller.out().println(caller.home().configFile());
    return ExitCode.SUCCESS;
  }
}
