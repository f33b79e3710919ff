package dev.aegis.daemon.core;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.config.ConfigLoader;
import dev.aegis.config.LockOwner;
import dev.aegis.config.RunDirectory;
import dev.aegis.daemon.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon's entry. Its starter reads one line from standard output: {@code ready}, {@code busy},
 * or {@code failed CODE MESSAGE}.
 */
public final class DaemonMain {

  private static final Duration LOOK_AT_LOCK = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(DaemonMain.class);
  private static final int GENERAL = 1;
  private static final int PERMISSION = 5;

  private final StarterLine starter;
  private final DaemonOptions options;
  private final Map<String, String> environment;

  private DaemonMain(StarterLine starter, DaemonOptions options, Map<String, String> environment) {
    this.starter = starter;
    this.options = options;
    this.environment = environment;
  }

  /** Run until somebody asks for the end. */
  public static void main(String[] args) {
    OwnProcess.protect();
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> arguments) {
    StarterLine starter = new StarterLine(arguments.contains("--foreground"));
    try {
      DaemonOptions options = DaemonOptions.parse(arguments);
      Map<String, String> environment = new HashMap<>(System.getenv());
      options.home().ifPresent(home -> environment.put("AEGIS_HOME", home));
      return new DaemonMain(starter, options, environment).run();
    } catch (ConfigException e) {
      return starter.failed(e.exitCode(), e);
    } catch (StoreException e) {
      return starter.failed(StoreException.EXIT_CODE, e);
    } catch (IOException e) {
      return starter.failed(PERMISSION, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return starter.failed(GENERAL, e);
    } catch (RuntimeException e) {
      LOG.error("the daemon failed unexpectedly", e);
      return starter.failed(GENERAL, e);
    }
  }

  private int run() throws ConfigException, IOException, StoreException, InterruptedException {
    if (!options.foreground()) {
      OwnProcess.detach();
    }
    AegisHome home = AegisHome.of(environment).create();
    RunDirectory directory = RunDirectory.choose(home, environment);
    directory.create();
    try (StopSignal stop = StopSignal.listen()) {
      Optional<InstanceLock> lock = InstanceLock.tryAcquire(home, directory);
      if (lock.isEmpty()) {
        return starter.busy(LockOwner.read(home));
      }
      try (InstanceLock held = lock.get()) {
        serve(home, directory, held, stop);
        return 0;
      }
    }
  }

  private void serve(AegisHome home, RunDirectory directory, InstanceLock held, StopSignal stop)
      throws ConfigException, IOException, StoreException, InterruptedException {
    AegisConfig config = new ConfigLoader(home, environment).load(options.flags()).config();
    LogSetup.apply(config.logging(), home.logFile(), options.foreground());
    try (Daemon daemon = Daemon.start(home, directory, config, stop::request)) {
      held.markReady();
      LOG.info("{} is ready, pid {}, home {}", daemon, ProcessHandle.current().pid(), home.root());
      starter.ready();
      while (!stop.await(LOOK_AT_LOCK)) {
        if (!held.isCurrent()) {
          LOG.error("{} is gone, so this daemon ends: its home was deleted", home.lock());
          break;
        }
      }
      LOG.info("stopping");
    }
  }
}
