package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.channels.Outcomes;
import dev.aegis.daemon.channels.Talkers;
import dev.aegis.daemon.channels.VisibleText;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.MaybeInaccessibleMessage;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Where every update goes: who sent it and where comes first, what it says after. */
final class Conversation {

  private static final int LONGEST_REASON = 500;
  private static final CompletableFuture<?> DONE = CompletableFuture.completedFuture(null);

  private final Access access;
  private final Strangers strangers;
  private final Talkers talkers;
  private final Taps taps;
  private final Denials denials;
  private final Commands commands;
  private final Talk talk;

  Conversation(
      Access access,
      Strangers strangers,
      Talkers talkers,
      Taps taps,
      Denials denials,
      Commands commands,
      Talk talk) {
    this.access = access;
    this.strangers = strangers;
    this.talkers = talkers;
    this.taps = taps;
    this.denials = denials;
    this.commands = commands;
    this.talk = talk;
  }

  /** Deal with an update; completed when nothing of it can be lost any more. */
  CompletableFuture<?> hear(Update update) {
    if (update.hasCallbackQuery()) {
      return tapped(update.getCallbackQuery());
    }
    if (update.hasMessage() && update.getMessage().getFrom() != null) {
      return said(update.getMessage());
    }
    return DONE;
  }

  private CompletableFuture<?> tapped(CallbackQuery query) {
    MaybeInaccessibleMessage message = query.getMessage();
    if (message == null) {
      return DONE;
    }
    int topic = message instanceof Message full ? topic(full) : 0;
    Place place = new Place(message.getChat().getId(), topic);
    Optional<Person> person = access.person(query.getFrom(), place);
    return person.isPresent()
        ? taps.tapped(query, person.get(), place)
        : strangers.note("channel.stranger", query.getFrom(), place, "a tap");
  }

  private static int topic(Message message) {
    boolean inTopic = Boolean.TRUE.equals(message.getIsTopicMessage());
    return inTopic && message.getMessageThreadId() != null ? message.getMessageThreadId() : 0;
  }

  private CompletableFuture<?> said(Message message) {
    Place place = new Place(message.getChat().getId(), topic(message));
    String text = message.hasText() ? message.getText() : "";
    Optional<Person> person = access.person(message.getFrom(), place);
    if (person.isEmpty()) {
      return strangers.note("channel.stranger", message.getFrom(), place, "a message");
    }
    if (!talkers.may(person.get().id())) {
      return DONE;
    }
    if (message.getReplyToMessage() != null) {
      Optional<CompletableFuture<?>> reason = reason(message, person.get(), place, text);
      if (reason.isPresent()) {
        return reason.get();
      }
    }
    if (text.startsWith("/") && text.length() > 1) {
      return commands.run(text, person.get(), place);
    }
    if (!place.isGroup()) {
      talk.say(place, "I only take commands and taps: see /help.");
    }
    return DONE;
  }

  private Optional<CompletableFuture<?>> reason(
      Message message, Person person, Place place, String text) {
    String reason = VisibleText.cut(VisibleText.line(text.strip()), LONGEST_REASON);
    return denials
        .reason(place.chat(), message.getReplyToMessage().getMessageId(), person, reason)
        .map(
            outcome ->
                outcome.handle(
                    (result, failure) -> {
                      String said =
                          failure == null
                              ? Outcomes.of(result, TelegramChannel.NAME)
                              : Outcomes.of(failure);
                      talk.say(place, Html.escape(said));
                      return result;
                    }));
  }
}
