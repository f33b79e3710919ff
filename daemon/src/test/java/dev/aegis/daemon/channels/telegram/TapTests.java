package dev.aegis.daemon.channels.telegram;

import static dev.aegis.daemon.channels.telegram.PhoneWorld.ADMIN;
import static dev.aegis.daemon.channels.telegram.PhoneWorld.APPROVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.DeskWorld.Asked;
import dev.aegis.daemon.approvals.Questions;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Shown;
import dev.aegis.daemon.channels.telegram.PhoneWorld.Options;
import dev.aegis.daemon.store.ApprovalState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the buttons do, and that each does it once. */
class TapTests extends PhoneTest {

  @Test
  void a_denial_takes_its_reason_from_a_reply() throws Exception {
    Options options = Options.standard().denyReason(Duration.ofSeconds(30));
    try (PhoneWorld world = new PhoneWorld(directory, bot, options)) {
      Asked asked = world.desk.ask("rm -rf build");
      int tap = bot.tap(ADMIN, card(ADMIN, asked), "Deny");
      assertThat(bot.awaitAnswer(tap)).startsWith("It will be denied");
      var late =
          world.desk.book.decide(
              Answered.yes(asked.id(), Scope.ONCE, Answerer.local("me", Role.ADMIN), "cli"));
      assertThat(late.get(10, TimeUnit.SECONDS).toString()).contains("is about to deny it");
      Shown why = cardSaying(ADMIN, "Why?");
      int unused = bot.say(ADMIN, ADMIN, "use mvn clean\u202e instead", why.number());
      Approval ended = asked.ended();
      assertThat(ended.state()).isEqualTo(ApprovalState.DENIED);
      assertThat(ended.reason()).contains("use mvn clean\u27e8U+202E\u27e9 instead");
      cardSaying(ADMIN, "Denied");
    }
  }

  @Test
  void without_a_reason_the_denial_goes_alone_or_at_the_second_tap() throws Exception {
    Options options = Options.standard().denyReason(Duration.ofMillis(400));
    try (PhoneWorld world = new PhoneWorld(directory, bot, options)) {
      Asked alone = world.desk.ask("rm -rf alone");
      int unused = bot.tap(ADMIN, card(ADMIN, alone), "Deny");
      assertThat(alone.ended().reason()).isEmpty();
    }
    try (PhoneWorld world =
        new PhoneWorld(directory, bot, options.denyReason(Duration.ofMinutes(2)))) {
      Asked twice = world.desk.ask("rm -rf twice");
      int first = bot.tap(ADMIN, card(ADMIN, twice), "Deny");
      assertThat(bot.awaitAnswer(first)).contains("tap again");
      Shown denying = cardSaying(ADMIN, "is about to deny");
      int second = bot.tap(ADMIN, denying, "Deny now, without a reason");
      assertThat(twice.ended().state()).isEqualTo(ApprovalState.DENIED);
      assertThat(bot.awaitAnswer(second)).isEqualTo("Denied.");
    }
  }

  @Test
  void a_daemon_that_ends_while_a_reason_is_awaited_denies_when_it_is_back() throws Exception {
    Options options = Options.standard().denyReason(Duration.ofMinutes(2));
    Asked asked;
    try (PhoneWorld world = new PhoneWorld(directory, bot, options)) {
      asked = world.desk.ask("rm -rf build");
      int tap = bot.tap(ADMIN, card(ADMIN, asked), "Deny");
      bot.awaitAnswer(tap);
    }
    try (PhoneWorld world = new PhoneWorld(directory, bot, options)) {
      await()
          .until(
              () -> world.desk.book.show(asked.id()).orElseThrow().approval().state(),
              ApprovalState.DENIED::equals);
      cardSaying(ADMIN, "Denied");
    }
  }

  @Test
  void no_button_acts_twice_and_late_taps_hear_who_was_first() throws Exception {
    try (PhoneWorld world = world()) {
      Asked asked = world.desk.ask("rm -rf build");
      Shown card = card(ADMIN, asked);
      int first = bot.tap(ADMIN, card, "Deny");
      asked.ended();
      int again = bot.tap(ADMIN, card, "Once");
      assertThat(bot.awaitAnswer(first)).isEqualTo("Denied.");
      assertThat(bot.awaitAnswer(again)).contains("Too late", "denied by Ana");
      assertThat(world.desk.audited("approval.decided")).hasSize(1);
    }
  }

  @Test
  void forged_replayed_and_misplaced_buttons_do_nothing() throws Exception {
    Options two = Options.standard().people(Map.of(ADMIN, Role.ADMIN, APPROVER, Role.APPROVER));
    try (PhoneWorld world = new PhoneWorld(directory, bot, two)) {
      Asked one = world.desk.ask("rm -rf one");
      Asked other = world.desk.ask("rm -rf other");
      Shown mine = card(ADMIN, one);
      Shown otherCard = card(ADMIN, other);
      String data = mine.data("Once");
      assertThat(data.length()).isLessThan(64);
      String[] parts = data.split("\\.", -1);
      List<Integer> taps = new ArrayList<>();
      taps.add(bot.tapData(ADMIN, ADMIN, mine.number(), "garbage"));
      taps.add(bot.tapData(ADMIN, ADMIN, mine.number(), "s" + data.substring(1)));
      taps.add(
          bot.tapData(
              ADMIN,
              ADMIN,
              otherCard.number(),
              parts[0] + "." + other.id() + "." + parts[2] + "." + parts[3]));
      taps.add(bot.tapData(ADMIN, ADMIN, otherCard.number(), data));
      taps.add(bot.tapData(APPROVER, APPROVER, card(APPROVER, one).number(), data));
      for (int tap : taps) {
        assertThat(bot.awaitAnswer(tap)).contains("does not belong");
      }
      assertThat(one.end()).isNotDone();
      assertThat(other.end()).isNotDone();
      assertThat(world.desk.audited("channel.forged")).isNotEmpty();
    }
  }

  @Test
  void always_is_asked_twice_and_ends_with_its_grant() throws Exception {
    try (PhoneWorld world = world()) {
      Asked asked = world.desk.ask("rm -rf build");
      int more = bot.tap(ADMIN, card(ADMIN, asked), "More \u2026");
      bot.awaitAnswer(more);
      Shown wide = bot.awaitShown(ADMIN, one -> one.buttons().contains("Always \u2026"));
      assertThat(wide.buttons()).contains("For 10 minutes", "For an hour", "Back");
      int always = bot.tap(ADMIN, wide, "Always \u2026");
      bot.awaitAnswer(always);
      Shown sure = cardSaying(ADMIN, "Really?");
      assertThat(asked.end()).isNotDone();
      int yes = bot.tap(ADMIN, sure, "Yes, always");
      assertThat(bot.awaitAnswer(yes)).startsWith("Approved");
      assertThat(asked.ended().scope()).contains(Scope.ALWAYS);
      var terms = Questions.question("rm -rf build", 60, Duration.ofMinutes(1)).terms();
      assertThat(world.desk.grants.covering("another", "claude", terms, List.of())).isPresent();
      assertThat(world.desk.grants.covering("another", "codex", terms, List.of())).isEmpty();
      long grant = world.desk.grants.grants().get(0).id();
      assertThat(world.desk.grants.revoke(grant, "me").get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(world.desk.grants.covering("another", "claude", terms, List.of())).isEmpty();
    }
  }
}
