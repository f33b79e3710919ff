package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.DaemonStarter;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis status}: the daemon, its sessions, and how well each process is supervised. */
@Command(
    name = "status",
    description = "Show the daemon, its sessions and how well each process is supervised.")
final class StatusCommand implements Callable<Integer> {

  private static final String CLEAR_SCREEN = "\033[H\033[2J";

  private final Caller caller;

  @Option(names = "--json", description = "Print as JSON; with --watch, one value a line.")
  private boolean json;

  @Option(names = "--watch", description = "Show it again every second until interrupted.")
  private boolean watch;

  StatusCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call()
      throws ConfigException, ControlException, IOException, InterruptedException {
    DaemonStarter daemon = caller.daemon();
    show(ask(daemon));
    while (watch && !caller.out().checkError()) {
      TimeUnit.SECONDS.sleep(1);
      if (!json) {
        caller.out().print(CLEAR_SCREEN);
      }
      show(ask(daemon));
    }
    return ExitCode.SUCCESS;
  }

  private Optional<JsonNode> ask(DaemonStarter daemon) throws ControlException, IOException {
    Optional<ControlClient> running = daemon.connectIfRunning();
    if (running.isEmpty()) {
      return Optional.empty();
    }
    try (ControlClient client = running.get()) {
      return Optional.of(client.call("status"));
    }
  }

  private void show(Optional<JsonNode> status) throws ConfigException {
    if (json) {
      Object value =
          status.isPresent()
              ? status.get()
              : Map.of("running", false, "home", caller.home().root().toString());
      if (watch) {
        Json.printLine(caller.out(), value);
      } else {
        Json.print(caller.out(), value);
      }
    } else if (status.isPresent()) {
      new StatusText(caller.out()).print(status.get());
    } else {
      caller.out().println("daemon    not running (aegis wrap starts it)");
      caller.out().println("home      " + Printable.of(caller.home().root().toString()));
    }
  }
}
