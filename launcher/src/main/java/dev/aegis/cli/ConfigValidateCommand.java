package dev.aegis.cli;

import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.config.ConfigLoader;
import dev.aegis.config.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code aegis config validate}: say whether the configuration is fine, and where it is not. */
@Command(name = "validate", description = "Check config.toml and the AEGIS_* variables.")
final class ConfigValidateCommand implements Callable<Integer> {

  private final Caller caller;

  ConfigValidateCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, IOException {
    AegisHome home = caller.home();
    new ConfigLoader(home, caller.environment()).load();
    Path file = home.configFile();
    if (Files.exists(file)) {
      Optional<String> complaint = OwnerOnly.complaint(file);
      if (complaint.isPresent()) {
        throw new CliException(ExitCode.PERMISSION, complaint.get());
      }
      caller.out().println(Printable.of(file.toString()) + ": valid");
    } else {
      caller.out().println(Printable.of(file.toString()) + ": absent, so defaults hold");
    }
    return ExitCode.SUCCESS;
  }
}
