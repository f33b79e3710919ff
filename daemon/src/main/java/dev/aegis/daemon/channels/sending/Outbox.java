package dev.aegis.daemon.channels.sending;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is still to be sent, one lane for each chat, at the pace that the service allows. Newer work
 * under the same name takes the place of older work. Thread-safe.
 */
public final class Outbox implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int THREADS = 4;
  private static final long LAST_SECONDS = 3;

  private final String service;
  private final ChatHealth health;
  private final ConcurrentMap<Long, Lane> lanes = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor threads;

  /**
   * An empty outbox.
   *
   * @param service its name, for the log
   */
  public Outbox(String service, ChatHealth health) {
    this.service = service;
    this.health = health;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ScheduledThreadPoolExecutor(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "aegis-out-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Something to send. */
  @FunctionalInterface
  public interface Work {
    /** Send it. */
    void run() throws SendException;
  }

  /** Send something to a chat, in its turn. */
  public void put(long chat, String name, Work work) {
    Lane lane = lanes.computeIfAbsent(chat, Lane::new);
    lane.put(name, work);
  }

  /** Everything for one chat. */
  private final class Lane {
    private final long chat;
    private final Pace pace;
    private final Backoff backoff = new Backoff(new Random());
    private final Map<String, Work> waiting = new LinkedHashMap<>();
    private boolean busy;

    Lane(long chat) {
      this.chat = chat;
      this.pace = Pace.of(chat);
    }

    synchronized void put(String name, Work work) {
      waiting.put(name, work);
      if (!busy) {
        busy = true;
        next(pace.untilFree());
      }
    }

    private void next(Duration wait) {
      try {
        var unused = threads.schedule(this::run, wait.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("the channel has ended", e);
      }
    }

    private void run() {
      String name;
      Work work;
      synchronized (this) {
        var first = waiting.entrySet().iterator().next();
        name = first.getKey();
        work = first.getValue();
        waiting.remove(name);
      }
      Duration pause = send(name, work);
      synchronized (this) {
        busy = !waiting.isEmpty();
        if (busy) {
          Duration free = pace.untilFree();
          next(pause.compareTo(free) > 0 ? pause : free);
        }
      }
    }

    private Duration send(String name, Work work) {
      try {
        pace.took();
        work.run();
        backoff.reset();
        health.chatWorks(chat);
        return Duration.ZERO;
      } catch (SendException e) {
        return failed(name, work, e);
      } catch (RuntimeException e) {
        LOG.error("{}: {} for chat {} failed", service, name, chat, e);
        return Duration.ZERO;
      }
    }

    private Duration failed(String name, Work work, SendException e) {
      switch (e.reach()) {
        case PASSING -> {
          LOG.info("{}: {} for chat {} waits: {}", service, name, chat, e.getMessage());
          synchronized (this) {
            waiting.putIfAbsent(name, work);
          }
          return backoff.after(e.retryAfter());
        }
        case CHAT -> health.chatFails(chat, e);
        case CALL ->
            LOG.warn("{}: {} for chat {} is refused: {}", service, name, chat, e.getMessage());
      }
      return Duration.ZERO;
    }
  }

  /** What is being sent is sent to its end, so that its number is kept; the rest stays. */
  @Override
  public void close() {
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
