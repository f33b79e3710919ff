package dev.aegis.daemon.channels.telegram;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.AnswerCallbackQuery;

/** The one answer to one tap, given in time whatever else takes long. */
final class TapReply {

  private static final Logger LOG = LoggerFactory.getLogger(TapReply.class);
  private static final Duration IN_TIME = Duration.ofMillis(600);
  private static final int LONGEST = 190;

  private final BotClient client;
  private final ScheduledExecutorService threads;
  private final String query;
  private final AtomicBoolean given = new AtomicBoolean();
  private final ScheduledFuture<?> fallback;

  TapReply(BotClient client, ScheduledExecutorService threads, String query) {
    this.client = client;
    this.threads = threads;
    this.query = query;
    fallback =
        threads.schedule(
            () -> give("Your answer is being recorded; this message will tell.", false),
            IN_TIME.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Answer, unless that is done.
   *
   * @param alert whether the person must close it
   */
  void say(String text, boolean alert) {
    fallback.cancel(false);
    threads.execute(() -> give(text, alert));
  }

  private void give(String text, boolean alert) {
    if (!given.compareAndSet(false, true)) {
      return;
    }
    AnswerCallbackQuery answer = new AnswerCallbackQuery(query);
    answer.setText(text.length() > LONGEST ? text.substring(0, LONGEST) + "\u2026" : text);
    answer.setShowAlert(alert);
    try {
      Boolean unused = client.call(answer);
    } catch (BotException e) {
      /* The message itself shows what is true. */
      LOG.info("a tap could not be answered: {}", e.getMessage());
    }
  }
}
