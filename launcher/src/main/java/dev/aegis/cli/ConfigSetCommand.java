package dev.aegis.cli;

import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.config.ConfigFile;
import dev.aegis.config.LockOwner;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code aegis config set}: change one key of config.toml. */
@Command(name = "set", description = "Change one key of config.toml; the rest stays as it is.")
final class ConfigSetCommand implements Callable<Integer> {

  private final Caller caller;

  @Parameters(index = "0", paramLabel = "<key>", description = "Such as daemon.port.")
  private String key;

  @Parameters(index = "1", paramLabel = "<value>", description = "Its new value.")
  private String value;

  ConfigSetCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, IOException {
    caller.refuseInsideSession("aegis config set");
    AegisHome home = caller.home().create();
    new ConfigFile(home.configFile()).set(key, value);
    if (LockOwner.read(home).filter(LockOwner::isAlive).isPresent()) {
      caller.err().println("aegis: the running daemon keeps what it read at its start");
    }
    return ExitCode.SUCCESS;
  }
}
