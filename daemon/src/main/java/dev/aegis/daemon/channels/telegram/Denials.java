package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.approvals.AnswerOutcome;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.channels.sending.Outbox;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.ForceReplyKeyboard;

/**
 * Denials that wait a little for their reason. From the tap on nobody can approve; when no reason
 * comes, they go without.
 */
final class Denials {

  private static final Logger LOG = LoggerFactory.getLogger(Denials.class);

  private final ApprovalDesk desk;
  private final BotClient client;
  private final Outbox outbox;
  private final Board board;
  private final ScheduledExecutorService threads;
  private final Duration patience;
  private final Map<Long, Person> waiting = new ConcurrentHashMap<>();
  private final Map<Asked, Long> asked = new ConcurrentHashMap<>();

  /** The message that asks for a reason. */
  private record Asked(long chat, int message) {}

  Denials(
      ApprovalDesk desk,
      BotClient client,
      Outbox outbox,
      Board board,
      ScheduledExecutorService threads,
      Duration patience) {
    this.desk = desk;
    this.client = client;
    this.outbox = outbox;
    this.board = board;
    this.threads = threads;
    this.patience = patience;
  }

  static Answered denial(long approval, Person person, Optional<String> reason) {
    return Answered.no(approval, person.answerer(), TelegramChannel.NAME, reason);
  }

  /**
   * Deny, at once when it is the second tap or no reasons are waited for.
   *
   * @return what became of it, and whether a reason is waited for
   */
  CompletableFuture<Begun> begin(long approval, Person person, Place place) {
    if (patience.isZero() || waiting.containsKey(approval)) {
      return finish(approval, person, Optional.empty()).thenApply(it -> new Begun(it, false));
    }
    return desk.announceDenial(denial(approval, person, Optional.empty()))
        .thenApply(
            outcome -> {
              boolean announced = outcome instanceof AnswerOutcome.Accepted;
              if (announced && waiting.putIfAbsent(approval, person) == null) {
                board.denies(approval, person.name());
                var unused =
                    threads.schedule(
                        () -> giveUp(approval), patience.toMillis(), TimeUnit.MILLISECONDS);
                outbox.put(place.chat(), "why " + approval, () -> askWhy(approval, person, place));
              }
              return new Begun(outcome, announced);
            });
  }

  /** What became of a tap on Deny. */
  record Begun(AnswerOutcome outcome, boolean waits) {}

  private void askWhy(long approval, Person person, Place place) throws BotException {
    if (!waiting.containsKey(approval)) {
      return;
    }
    SendMessage ask =
        new SendMessage(
            Long.toString(place.chat()),
            "%s denies question %d. Why? Reply to this message within %d s; what you write reaches the agent."
                .formatted(person.name(), approval, patience.toSeconds()));
    if (place.topic() != 0) {
      ask.setMessageThreadId(place.topic());
    }
    ForceReplyKeyboard reply = new ForceReplyKeyboard(true);
    reply.setInputFieldPlaceholder("the reason, for the agent");
    ask.setReplyMarkup(reply);
    asked.put(new Asked(place.chat(), client.call(ask).getMessageId()), approval);
  }

  private void giveUp(long approval) {
    Person person = waiting.get(approval);
    if (person != null) {
      var unused = finish(approval, person, Optional.empty());
    }
  }

  /** Take a reply for a reason; empty when it answers no such question. */
  Optional<CompletableFuture<AnswerOutcome>> reason(
      long chat, int repliedTo, Person person, String text) {
    Long approval = asked.remove(new Asked(chat, repliedTo));
    if (approval == null) {
      return Optional.empty();
    }
    return Optional.of(finish(approval, person, Optional.of(text)));
  }

  private CompletableFuture<AnswerOutcome> finish(
      long approval, Person person, Optional<String> reason) {
    return desk.decide(denial(approval, person, reason))
        .whenComplete(
            (outcome, failure) -> {
              if (failure != null) {
                LOG.error("the denial of approval {} cannot be recorded", approval, failure);
                return;
              }
              waiting.remove(approval);
              asked.values().removeIf(one -> one == approval);
            });
  }
}
