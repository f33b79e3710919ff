package dev.aegis.daemon.channels;

import dev.aegis.daemon.audit.AuditEvent;
import dev.aegis.daemon.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts heads of the audit log to the channels, so that a log which is written anew later, even by
 * somebody who has its key, no longer holds what people were shown: when a session ends, after
 * denials, and every so often while the log grows.
 */
public final class Anchors implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);
  private static final Set<String> OCCASIONS = Set.of("session.ended", "operation.denied");

  private final Head head;
  private final Consumer<ChainAnchor> channels;
  private final Pace pace;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread named = new Thread(work, "aegis-anchors");
            named.setDaemon(true);
            return named;
          });
  private Optional<ChainAnchor> posted = Optional.empty();
  private boolean due;
  private long notBefore = System.nanoTime();

  private Anchors(Head head, Consumer<ChainAnchor> channels, Pace pace) {
    this.head = head;
    this.channels = channels;
    this.pace = pace;
  }

  /** Where the newest head is read; empty while nothing was ever recorded. */
  @FunctionalInterface
  public interface Head {
    Optional<ChainAnchor> read() throws StoreException;
  }

  /**
   * How often anchors are posted.
   *
   * @param gather how long an occasion waits for what follows it
   * @param least time from one anchor to the next, whatever happens
   * @param every how often without an occasion; zero for never
   */
  public record Pace(Duration gather, Duration least, Duration every) {

    /** Return at most one a minute, and one every so often. */
    public static Pace every(Duration time) {
      return new Pace(Duration.ofSeconds(2), Duration.ofMinutes(1), time);
    }
  }

  /** Post from now on. */
  public static Anchors start(Head head, Consumer<ChainAnchor> channels, Pace pace) {
    Anchors anchors = new Anchors(head, channels, pace);
    if (!pace.every().isZero()) {
      var unused =
          anchors.thread.scheduleWithFixedDelay(
              anchors::arrange,
              pace.every().toMillis(),
              pace.every().toMillis(),
              TimeUnit.MILLISECONDS);
    }
    return anchors;
  }

  /** Hear what is recorded; never blocks. */
  public void hear(AuditEvent event) {
    boolean deniedByPeople =
        event.kind().equals("approval.decided") && !"approved".equals(event.detail().get("state"));
    if (deniedByPeople || OCCASIONS.contains(event.kind())) {
      arrange();
    }
  }

  private synchronized void arrange() {
    if (due) {
      return;
    }
    due = true;
    long wait = Math.max(pace.gather().toNanos(), notBefore - System.nanoTime());
    try {
      var unused = thread.schedule(this::post, wait, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("anchoring has ended", e);
    }
  }

  private void post() {
    synchronized (this) {
      due = false;
    }
    try {
      Optional<ChainAnchor> newest = head.read();
      if (newest.isPresent() && !newest.equals(posted)) {
        posted = newest;
        channels.accept(newest.get());
        LOG.info("anchored row {}: {}", newest.get().row(), newest.get().head());
        restFor(pace.least());
      }
    } catch (StoreException | RuntimeException e) {
      LOG.error("the audit log could not be anchored", e);
    }
  }

  private synchronized void restFor(Duration time) {
    notBefore = System.nanoTime() + time.toNanos();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
