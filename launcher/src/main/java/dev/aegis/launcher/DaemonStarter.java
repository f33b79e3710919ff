package dev.aegis.launcher;

import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.config.FileTrouble;
import dev.aegis.config.LockOwner;
import dev.aegis.config.RunDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Find the daemon of a home, or start it detached and wait until it is ready. */
public final class DaemonStarter {

  /* File locks are held by the whole JVM, so threads of one JVM need a lock of their own. */
  private static final ReentrantLock WITHIN_THIS_JVM = new ReentrantLock();

  private final AegisHome home;
  private final Map<String, String> environment;

  /**
   * A starter for one home.
   *
   * @param environment of this process; the daemon gets only what it needs of it
   */
  public DaemonStarter(AegisHome home, Map<String, String> environment) {
    this.home = home;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Connect to the daemon if one runs.
   *
   * @throws ControlException with code 2 when the home makes no sense
   */
  public Optional<ControlClient> connectIfRunning() throws ControlException {
    try {
      Optional<LockOwner> owner = LockOwner.read(home);
      if (owner.isPresent() && owner.get().isAlive()) {
        return connect(owner.get().run());
      }
      return connect(RunDirectory.choose(home, environment));
    } catch (ConfigException e) {
      throw new ControlException(e.exitCode(), e.getMessage(), e);
    } catch (IOException e) {
      throw new ControlException(
          5, "cannot look into " + home.root() + ": " + FileTrouble.of(e), e);
    }
  }

  private static Optional<ControlClient> connect(RunDirectory run) {
    try {
      return Optional.of(ControlClient.connect(run.controlSocket()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Connect to the daemon, starting it first when none runs. */
  public ControlClient connectOrStart() throws ControlException {
    return connectOrStart(List.of());
  }

  /**
   * Connect to the daemon, starting it first when none runs.
   *
   * @param arguments of the daemon, such as {@code --port 0}; ignored when it runs already
   * @throws ControlException when it cannot be started, with the daemon's own reason and code
   */
  public ControlClient connectOrStart(List<String> arguments) throws ControlException {
    Optional<ControlClient> running = connectIfRunning();
    if (running.isPresent()) {
      return running.get();
    }
    AegisHome real = created();
    WITHIN_THIS_JVM.lock();
    try (FileChannel file = open(real.root().resolve("start.lock"))) {
      file.lock();
      /* Somebody else may have started it while this one waited. */
      Optional<ControlClient> meanwhile = connectIfRunning();
      if (meanwhile.isPresent()) {
        return meanwhile.get();
      }
      new DaemonLaunch(real, environment).start(arguments);
      return connectIfRunning()
          .orElseThrow(
              () ->
                  new ControlException(
                      ControlException.GENERAL,
                      "the daemon said it was ready and yet its socket refuses connections; see "
                          + real.logFile()));
    } catch (IOException e) {
      throw new ControlException(
          ControlException.GENERAL, "cannot start the daemon: " + e.getMessage(), e);
    } finally {
      WITHIN_THIS_JVM.unlock();
    }
  }

  /**
   * Run the daemon as a child in this terminal until it ends.
   *
   * @return its exit code
   */
  public int runInForeground(List<String> arguments) throws ControlException {
    AegisHome real = created();
    try {
      return new DaemonLaunch(real, environment).run(arguments);
    } catch (IOException e) {
      throw new ControlException(
          ControlException.GENERAL, "cannot start the daemon: " + e.getMessage(), e);
    }
  }

  private AegisHome created() throws ControlException {
    try {
      return home.create();
    } catch (IOException e) {
      throw new ControlException(
          5,
          "cannot keep the state of Aegis in %s: %s; set AEGIS_HOME to a directory of your own"
              .formatted(home.root(), FileTrouble.of(e)),
          e);
    }
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }
}
