package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.approvals.AnswerOutcome;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.channels.CallbackSeal;
import dev.aegis.daemon.channels.CallbackSeal.Tap;
import dev.aegis.daemon.channels.Outcomes;
import dev.aegis.daemon.channels.telegram.Keyboards.Menu;
import dev.aegis.daemon.store.ApprovalState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;

/** What taps on buttons do. Each is answered, in time, and acts once. */
final class Taps {

  private final ApprovalDesk desk;
  private final BotClient client;
  private final Board board;
  private final Denials denials;
  private final Talk talk;
  private final CallbackSeal seal;
  private final Strangers strangers;
  private final ScheduledExecutorService threads;

  Taps(
      ApprovalDesk desk,
      BotClient client,
      Board board,
      Denials denials,
      Talk talk,
      CallbackSeal seal,
      Strangers strangers,
      ScheduledExecutorService threads) {
    this.desk = desk;
    this.client = client;
    this.board = board;
    this.denials = denials;
    this.talk = talk;
    this.seal = seal;
    this.strangers = strangers;
    this.threads = threads;
  }

  CompletableFuture<?> tapped(CallbackQuery query, Person person, Place place) {
    TapReply reply = new TapReply(client, threads, query.getId());
    Optional<Tap> tap = seal.read(Optional.ofNullable(query.getData()).orElse(""), place.chat());
    if (tap.isEmpty() || !isOnItsMessage(tap.get(), query, place)) {
      reply.say("This button does not belong to this message. Nothing was done.", true);
      return strangers.note("channel.forged", query.getFrom(), place, "a button that is not ours");
    }
    return act(tap.get(), person, place, reply);
  }

  private boolean isOnItsMessage(Tap tap, CallbackQuery query, Place place) {
    return board.isButtonOf(
        tap.nonce(), tap.approval(), place.chat(), query.getMessage().getMessageId());
  }

  private CompletableFuture<?> act(Tap tap, Person person, Place place, TapReply reply) {
    return switch (tap.action()) {
      case ONCE -> approve(tap, Scope.ONCE, person, reply);
      case SESSION -> approve(tap, Scope.SESSION, person, reply);
      case SURELY_ALWAYS -> approve(tap, Scope.ALWAYS, person, reply);
      case TEN_MINUTES -> approveFor(tap, Duration.ofMinutes(10), person, reply);
      case HOUR -> approveFor(tap, Duration.ofHours(1), person, reply);
      case MORE -> turn(tap, Menu.MORE, reply);
      case ALWAYS -> turn(tap, Menu.SURELY, reply);
      case BACK -> turn(tap, Menu.FIRST, reply);
      case DENY -> deny(tap.approval(), person, place, reply);
      case DETAILS -> {
        talk.details(tap.approval(), place);
        reply.say("", false);
        yield CompletableFuture.completedFuture(null);
      }
      case DENY_ALL -> denyAll(tap.approval(), person, reply);
    };
  }

  private CompletableFuture<?> turn(Tap tap, Menu menu, TapReply reply) {
    board.turn(tap.nonce(), menu);
    reply.say("", false);
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<?> approve(Tap tap, Scope scope, Person person, TapReply reply) {
    return told(
        desk.decide(Answered.yes(tap.approval(), scope, person.answerer(), TelegramChannel.NAME)),
        tap.approval(),
        reply);
  }

  private CompletableFuture<?> approveFor(Tap tap, Duration time, Person person, TapReply reply) {
    return told(
        desk.decide(Answered.yesFor(tap.approval(), time, person.answerer(), TelegramChannel.NAME)),
        tap.approval(),
        reply);
  }

  private CompletableFuture<?> told(
      CompletableFuture<AnswerOutcome> outcome, long approval, TapReply reply) {
    return outcome.handle(
        (result, failure) -> {
          if (failure != null) {
            reply.say(Outcomes.of(failure), true);
          } else {
            boolean counts = result instanceof AnswerOutcome.Accepted;
            reply.say(Outcomes.of(result, TelegramChannel.NAME), !counts);
            if (!counts) {
              /* Buttons that are still there although it is decided should not be. */
              board.refresh(approval);
            }
          }
          return result;
        });
  }

  private CompletableFuture<?> deny(long approval, Person person, Place place, TapReply reply) {
    return denials
        .begin(approval, person, place)
        .handle(
            (begun, failure) -> {
              if (failure != null) {
                reply.say(Outcomes.of(failure), true);
              } else if (begun.waits()) {
                reply.say("It will be denied. Reply with a reason, or tap again.", false);
              } else {
                reply.say(
                    Outcomes.of(begun.outcome(), TelegramChannel.NAME),
                    !(begun.outcome() instanceof AnswerOutcome.Accepted));
                board.refresh(approval);
              }
              return begun;
            });
  }

  private CompletableFuture<?> denyAll(long approval, Person person, TapReply reply) {
    Optional<String> session = desk.show(approval).map(detail -> detail.approval().session());
    List<CompletableFuture<AnswerOutcome>> all =
        desk.list(false).stream()
            .filter(one -> session.filter(one.session()::equals).isPresent())
            .map(Approval::id)
            .map(
                id ->
                    desk.decide(
                        Denials.denial(id, person, Optional.of("all of this session denied"))))
            .toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .handle(
            (nothing, failure) -> {
              long denied = all.stream().filter(Taps::isDenied).count();
              reply.say(
                  failure == null
                      ? "Denied: " + denied + " of " + all.size() + "."
                      : Outcomes.of(failure),
                  denied < all.size());
              return denied;
            });
  }

  private static boolean isDenied(CompletableFuture<AnswerOutcome> outcome) {
    return !outcome.isCompletedExceptionally()
        && outcome.join() instanceof AnswerOutcome.Accepted accepted
        && accepted.approval().state() == ApprovalState.DENIED;
  }
}
