package dev.aegis.daemon.channels.telegram;

import static dev.aegis.daemon.channels.telegram.PhoneWorld.ADMIN;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.AnswerOutcome;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.DeskWorld.Asked;
import dev.aegis.daemon.approvals.Questions;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Shown;
import dev.aegis.daemon.channels.telegram.PhoneWorld.Options;
import dev.aegis.daemon.store.ApprovalState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many questions at once. */
class FloodTests extends PhoneTest {

  private static final Duration TAP = Duration.ofSeconds(1);
  private static final Answerer ANN = new Answerer("local:ann", "ann", Role.ADMIN);

  @Test
  void of_a_flood_a_few_are_shown_and_all_can_be_denied_at_once() throws Exception {
    try (PhoneWorld world = new PhoneWorld(directory, bot, Options.standard().openQuestions(2))) {
      List<Asked> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        all.add(world.desk.ask("rm -rf d" + i));
      }
      await().until(() -> bot.shown(ADMIN).size() == 2);
      int tap = bot.tap(ADMIN, card(ADMIN, all.get(0)), "Deny");
      all.get(0).ended();
      bot.awaitAnswer(tap);
      Shown third = card(ADMIN, all.get(2));
      int every = bot.tap(ADMIN, third, "Deny all of this session");
      assertThat(bot.awaitAnswer(every)).isEqualTo("Denied: 4 of 4.");
      for (Asked asked : all) {
        assertThat(asked.ended().state()).isEqualTo(ApprovalState.DENIED);
      }
      assertThat(bot.shown(ADMIN)).hasSize(3);
    }
  }

  @Test
  void of_one_shape_one_question_is_shown_and_says_how_many_wait() throws Exception {
    try (PhoneWorld world = world()) {
      List<Asked> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            world.desk.ask(
                Questions.question("rm -rf d" + i, "one shape", 60, Duration.ofMinutes(5))));
      }
      Shown card = cardSaying(ADMIN, "3 more of the same shape");
      assertThat(bot.shown(ADMIN)).hasSize(1);
      int tap = bot.tap(ADMIN, card, "This session");
      assertThat(bot.awaitAnswer(tap)).startsWith("Approved");
      for (Asked asked : all) {
        assertThat(asked.ended().state()).isEqualTo(ApprovalState.APPROVED);
      }
    }
  }

  @Test
  void taps_are_answered_within_a_second_while_sixty_wait_and_thirty_are_decided()
      throws Exception {
    try (PhoneWorld world = world()) {
      List<Asked> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        all.add(world.desk.ask("rm -rf d" + i));
      }
      List<Shown> cards = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        cards.add(card(ADMIN, all.get(i)));
      }
      List<CompletableFuture<AnswerOutcome>> answers =
          all.subList(30, 60).stream()
              .map(one -> world.desk.book.decide(Answered.yes(one.id(), Scope.ONCE, ANN, "cli")))
              .toList();
      for (Shown card : cards) {
        long tapped = System.nanoTime();
        assertThat(bot.awaitAnswer(bot.tap(ADMIN, card, "Once"))).startsWith("Approved");
        assertThat(Duration.ofNanos(System.nanoTime() - tapped)).isLessThan(TAP);
      }
      CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).get(20, SECONDS);
      assertThat(world.desk.book.list(false)).hasSize(25);
    }
  }
}
