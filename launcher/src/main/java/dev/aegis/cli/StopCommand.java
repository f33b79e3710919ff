package dev.aegis.cli;

import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.config.LockOwner;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis stop}: end the daemon. */
@Command(name = "stop", description = "Stop the daemon; refused while sessions run.")
final class StopCommand implements Callable<Integer> {

  private final Caller caller;

  @Option(
      names = "--force",
      description = "Stop it although sessions run, and kill it if it does not end in time.")
  private boolean force;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      converter = Seconds.class,
      defaultValue = "10",
      description = "Seconds to wait for its end (default: ${DEFAULT-VALUE}).")
  private int timeout;

  StopCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    caller.refuseInsideSession("aegis stop");
    AegisHome home = caller.home();
    Optional<ControlClient> running = caller.daemon().connectIfRunning();
    Optional<LockOwner> owner = LockOwner.read(home).filter(LockOwner::isAlive);
    if (running.isEmpty() && owner.isEmpty()) {
      caller.out().println("daemon not running");
      return ExitCode.SUCCESS;
    }
    if (running.isPresent()) {
      try (ControlClient client = running.get()) {
        client.call("stop", Map.of("force", force));
      }
    } else if (!force) {
      throw new CliException(
          ExitCode.GENERAL,
          "the daemon (pid %d) does not answer; aegis stop --force kills it"
              .formatted(owner.get().pid()));
    }
    if (owner.isPresent()) {
      awaitEnd(owner.get());
    }
    caller.out().println("daemon stopped");
    return ExitCode.SUCCESS;
  }

  private void awaitEnd(LockOwner owner) throws CliException {
    Optional<ProcessHandle> process = ProcessHandle.of(owner.pid());
    if (process.isEmpty() || !owner.isAlive() || ended(process.get())) {
      return;
    }
    if (!force) {
      throw new CliException(
          ExitCode.GENERAL,
          "the daemon (pid %d) still runs after %d s; aegis stop --force kills it"
              .formatted(owner.pid(), timeout));
    }
    if (owner.isAlive()) {
      process.get().destroyForcibly();
      if (!ended(process.get())) {
        throw new CliException(
            ExitCode.GENERAL, "the daemon (pid %d) cannot be killed".formatted(owner.pid()));
      }
    }
  }

  private boolean ended(ProcessHandle process) throws CliException {
    try {
      process.onExit().get(timeout, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new CliException(ExitCode.GENERAL, "cannot wait for the daemon: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.GENERAL, "interrupted while the daemon ended", e);
    }
  }
}
