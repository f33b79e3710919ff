package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.config.ConfigLoader;
import dev.aegis.config.LoadedConfig;
import dev.aegis.config.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis config list}: all keys, their values and where these come from. */
@Command(name = "list", description = "Print all keys, their values and where these come from.")
final class ConfigListCommand implements Callable<Integer> {

  private final Caller caller;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  ConfigListCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws ConfigException {
    LoadedConfig config = new ConfigLoader(caller.home(), caller.environment()).load();
    List<ConfigEntry> entries =
        Arrays.stream(Setting.values()).map(setting -> ConfigEntry.of(setting, config)).toList();
    if (json) {
      Json.print(caller.out(), entries);
    } else {
      Table table = new Table("KEY", "VALUE", "FROM");
      entries.forEach(
          entry ->
              table.add(entry.key(), Printable.of(entry.text()), Printable.of(entry.origin())));
      table.print(caller.out());
    }
    return ExitCode.SUCCESS;
  }
}
