package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.config.ConfigLoader;
import dev.aegis.config.LoadedConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis config get}: one value. */
@Command(name = "get", description = "Print the value of one key.")
final class ConfigGetCommand implements Callable<Integer> {

  private final Caller caller;

  @Parameters(paramLabel = "<key>", description = "Such as approvals.timeout_seconds.")
  private String key;

  @Option(names = "--json", description = "Print as JSON, with where the value comes from.")
  private boolean json;

  ConfigGetCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException {
    LoadedConfig config = new ConfigLoader(caller.home(), caller.environment()).load();
    ConfigEntry entry = ConfigEntry.named(key, config);
    if (json) {
      Json.print(caller.out(), entry);
    } else {
      caller.out().println(entry.text());
    }
    return ExitCode.SUCCESS;
  }
}
