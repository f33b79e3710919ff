package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.config.ConfigLoader;
import dev.aegis.config.Setting;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.DaemonStarter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aegis start}: start the daemon, which {@code aegis wrap} also does by itself. */
@Command(name = "start", description = "Start the daemon; aegis wrap does so by itself.")
final class StartCommand implements Callable<Integer> {

  private final Caller caller;

  @Option(names = "--foreground", description = "Stay in this terminal until the daemon ends.")
  private boolean foreground;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Loopback port of the health check, instead of as configured; 0 for any.")
  private String port;

  @Mixin private LogLevelOption logLevel;

  StartCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    caller.refuseInsideSession("aegis start");
    new ConfigLoader(caller.home(), caller.environment()).load(flags());
    DaemonStarter daemon = caller.daemon();
    Optional<ControlClient> running = daemon.connectIfRunning();
    if (running.isPresent()) {
      try (ControlClient client = running.get()) {
        return saySo("already running", client);
      }
    }
    if (foreground) {
      return daemon.runInForeground(arguments());
    }
    try (ControlClient client = daemon.connectOrStart(arguments())) {
      return saySo("started", client);
    }
  }

  private int saySo(String what, ControlClient client) throws ControlException {
    JsonNode daemon = client.call("ping");
    caller.out().println("daemon %s, pid %d".formatted(what, daemon.path("pid").asLong()));
    return ExitCode.SUCCESS;
  }

  private Map<Setting, String> flags() {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    if (port != null) {
      flags.put(Setting.DAEMON_PORT, port);
    }
    if (logLevel.word() != null) {
      flags.put(Setting.LOGGING_LEVEL, logLevel.word());
    }
    return flags;
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (port != null) {
      arguments.addAll(List.of("--port", port));
    }
    if (logLevel.word() != null) {
      arguments.addAll(List.of("--log-level", logLevel.word()));
    }
    return arguments;
  }
}
