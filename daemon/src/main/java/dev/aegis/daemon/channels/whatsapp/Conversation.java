package dev.aegis.daemon.channels.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.daemon.approvals.AnswerOutcome;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.channels.Attempts;
import dev.aegis.daemon.channels.CallbackSeal;
import dev.aegis.daemon.channels.CallbackSeal.Tap;
import dev.aegis.daemon.channels.Outcomes;
import dev.aegis.daemon.channels.Talkers;
import dev.aegis.daemon.recent.LatestEntries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where everything goes that people say: who says it comes first, what it says after. */
final class Conversation {

  private static final int REMEMBERED = 1_000;
  private static final CompletableFuture<?> DONE = CompletableFuture.completedFuture(null);

  private final String number;
  private final People people;
  private final Attempts attempts;
  private final Talkers talkers;
  private final ApprovalDesk desk;
  private final Bulletin bulletin;
  private final CallbackSeal seal;
  private final Commands commands;
  private final Talk talk;
  private final Map<String, CompletableFuture<?>> heard = LatestEntries.written(REMEMBERED);

  /**
   * A conversation.
   *
   * @param number id of the business number that is ours
   */
  Conversation(
      String number,
      People people,
      Attempts attempts,
      Talkers talkers,
      ApprovalDesk desk,
      Bulletin bulletin,
      CallbackSeal seal,
      Commands commands,
      Talk talk) {
    this.number = number;
    this.people = people;
    this.attempts = attempts;
    this.talkers = talkers;
    this.desk = desk;
    this.bulletin = bulletin;
    this.seal = seal;
    this.commands = commands;
    this.talk = talk;
  }

  /** Deal with a delivery; completed when nothing of it can be lost any more. */
  CompletableFuture<?> hear(JsonNode body) {
    List<? extends CompletableFuture<?>> all =
        Said.in(body, number).stream().map(this::once).toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
  }

  /* Deliveries come again until they are confirmed; one that failed is tried anew. */
  private synchronized CompletableFuture<?> once(Said said) {
    CompletableFuture<?> before = heard.get(said.id());
    if (before != null && !before.isCompletedExceptionally()) {
      return before;
    }
    CompletableFuture<?> now = hear(said);
    heard.put(said.id(), now);
    return now;
  }

  private CompletableFuture<?> hear(Said said) {
    Optional<Answerer> who = people.who(said);
    if (who.isEmpty()) {
      return attempts.note(
          "channel.stranger", Long.toString(said.phone()), People.name(said), "a message");
    }
    if (said.button().isPresent()) {
      return tapped(said, who.get());
    }
    return talkers.may(said.phone()) ? commands.run(said, who.get()) : DONE;
  }

  private CompletableFuture<?> tapped(Said said, Answerer who) {
    Optional<Tap> tap =
        seal.read(said.button().orElse(""), said.phone())
            .filter(one -> bulletin.isButtonOf(one, said));
    if (tap.isEmpty()) {
      talk.say(
          said.phone(),
          "This button does not belong to this message. Nothing was done.",
          said.id());
      return attempts.note(
          "channel.forged",
          Long.toString(said.phone()),
          People.name(said),
          "a button that is not ours");
    }
    long approval = tap.get().approval();
    return answer(
        switch (tap.get().action()) {
          case ONCE -> Answered.yes(approval, Scope.ONCE, who, WhatsAppChannel.NAME);
          case SESSION -> Answered.yes(approval, Scope.SESSION, who, WhatsAppChannel.NAME);
          default -> Answered.no(approval, who, WhatsAppChannel.NAME, Optional.empty());
        },
        said);
  }

  private CompletableFuture<?> answer(Answered answered, Said said) {
    return desk.decide(answered).whenComplete((outcome, failure) -> tell(said, outcome, failure));
  }

  /* What counted is told as the answer to the question, once it is true. */
  private void tell(Said said, AnswerOutcome outcome, Throwable failure) {
    if (failure != null) {
      talk.say(said.phone(), Outcomes.of(failure), said.id());
    } else if (!(outcome instanceof AnswerOutcome.Accepted)) {
      talk.say(said.phone(), Outcomes.of(outcome, WhatsAppChannel.NAME), said.id());
    }
  }
}
