package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.channels.sending.Backoff;
import dev.aegis.daemon.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.Update;

/** The loop that fetches updates. Nothing that an update does ends it. */
final class Poller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
  private static final long LAST_MS = 3_000;
  private static final long BATCH_PATIENCE_SECONDS = 10;

  private final BotClient client;
  private final Introduction introduction;
  private final Offset offset;
  private final HealthBoard health;
  private final Function<Update, CompletableFuture<?>> consumer;
  private final Duration wait;
  private final Backoff backoff = new Backoff(new Random());
  private final Thread thread = new Thread(this::run, "aegis-telegram-poll");
  private volatile boolean running = true;

  /**
   * A poller that does not run yet.
   *
   * @param consumer gives a future that completes when nothing of the update can be lost any more
   * @param wait how long one poll waits for updates
   */
  Poller(
      BotClient client,
      Introduction introduction,
      Offset offset,
      HealthBoard health,
      Function<Update, CompletableFuture<?>> consumer,
      Duration wait) {
    this.client = client;
    this.introduction = introduction;
    this.offset = offset;
    this.health = health;
    this.consumer = consumer;
    this.wait = wait;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (running) {
        if (!turn()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("polling ends");
    }
  }

  private boolean turn() throws InterruptedException {
    try {
      if (offset.next() == 0) {
        offset.load();
      }
      String bot = introduction.introduce();
      List<Update> updates = client.poll(offset.next(), wait);
      health.connected(bot);
      handle(updates);
      backoff.reset();
    } catch (BotException e) {
      if (!running) {
        return false;
      }
      health.failing(e);
      introduction.repeatAfter(e);
      pause(backoff.after(e.retryAfter()));
    } catch (StoreException | RuntimeException e) {
      LOG.error("polling Telegram failed and is tried again", e);
      pause(backoff.after(Duration.ZERO));
    }
    return true;
  }

  private static void pause(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }

  private void handle(List<Update> updates) throws InterruptedException {
    List<Update> fresh =
        updates.stream()
            .filter(update -> !offset.isSeen(update.getUpdateId()))
            .sorted(Comparator.comparing(Update::getUpdateId))
            .toList();
    List<CompletableFuture<?>> done = new ArrayList<>();
    int last = -1;
    for (Update update : fresh) {
      if (update.getUpdateId() != last) {
        last = update.getUpdateId();
        done.add(consume(update));
      }
    }
    if (done.isEmpty()) {
      return;
    }
    try {
      CompletableFuture.allOf(done.toArray(CompletableFuture<?>[]::new))
          .get(BATCH_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      LOG.error("an update of Telegram was not dealt with", e.getCause());
    } catch (TimeoutException e) {
      LOG.error("updates of Telegram up to {} take too long and are left", last, e);
    }
    offset.moveTo(last + 1);
  }

  private CompletableFuture<?> consume(Update update) {
    try {
      return consumer.apply(update);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    running = false;
    client.endPoll();
    thread.interrupt();
    try {
      thread.join(LAST_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
