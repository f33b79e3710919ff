package dev.aegis.daemon.policy;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refresh the policy as soon as its files have been written. */
public final class PolicyWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);

  /* An editor writes in several steps; a file that is half there is not yet meant. */
  private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(100);

  private final CurrentPolicy policy;
  private final WatchService watch;
  private final Thread thread;

  private PolicyWatch(CurrentPolicy policy, WatchService watch) {
    this.policy = policy;
    this.watch = watch;
    this.thread = new Thread(this::run, "aegis-policy-watch");
    this.thread.setDaemon(true);
  }

  /** Watch from now on. */
  public static PolicyWatch start(CurrentPolicy policy) throws IOException {
    WatchService service = FileSystems.getDefault().newWatchService();
    PolicyWatch policyWatch = new PolicyWatch(policy, service);
    policy.onMorePlaces(policyWatch::lookEverywhere);
    policyWatch.lookEverywhere();
    /* What was written between the first load and now would be missed otherwise. */
    policy.refresh();
    policyWatch.thread.start();
    return policyWatch;
  }

  /* A directory that is watched already stays so; one that was made anew is another one. */
  private void lookEverywhere() {
    for (Path directory : policy.places()) {
      try {
        if (Files.isDirectory(directory)) {
          directory.register(
              watch,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
        }
      } catch (IOException | ClosedWatchServiceException e) {
        LOG.warn("{} is not watched: rules put there count from the next session on", directory, e);
      }
    }
  }

  private void run() {
    try {
      while (true) {
        if (saysOurs(watch.take())) {
          awaitQuiet();
          lookEverywhere();
          policy.refresh();
        }
      }
    } catch (ClosedWatchServiceException e) {
      LOG.debug("no longer watching the policy");
    } catch (InterruptedException e) {
      LOG.error("the watch of the policy was interrupted; edits count from the next session on");
    }
  }

  private void awaitQuiet() throws InterruptedException {
    long lastOurs = System.nanoTime();
    long left = QUIET;
    while (left > 0) {
      WatchKey key = watch.poll(left, TimeUnit.NANOSECONDS);
      if (key != null && saysOurs(key)) {
        lastOurs = System.nanoTime();
      }
      left = lastOurs + QUIET - System.nanoTime();
    }
  }

  private boolean saysOurs(WatchKey key) {
    boolean ours = key.pollEvents().stream().anyMatch(event -> isOurs(event.context()));
    key.reset();
    return ours;
  }

  /* An overflow names nothing and may hide anything. */
  private boolean isOurs(Object name) {
    return name == null || policy.mayBePolicy(name.toString());
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
