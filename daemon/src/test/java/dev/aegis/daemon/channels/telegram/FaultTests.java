package dev.aegis.daemon.channels.telegram;

import static dev.aegis.daemon.channels.telegram.PhoneWorld.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.daemon.approvals.DeskWorld.Asked;
import dev.aegis.daemon.channels.ChannelHealth;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Call;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Fault;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Shown;
import dev.aegis.daemon.store.ApprovalState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the channel does when the network, the server or the daemon fails. */
class FaultTests extends PhoneTest {

  @Test
  void a_restart_loses_no_tap_repeats_none_and_keeps_the_message() throws Exception {
    Asked asked;
    Shown card;
    try (PhoneWorld world = world()) {
      asked = world.desk.ask("rm -rf build");
      card = card(ADMIN, asked);
    }
    int tap = bot.tap(ADMIN, card, "Once");
    try (PhoneWorld world = world()) {
      assertThat(bot.awaitAnswer(tap)).startsWith("Approved");
      assertThat(world.desk.audited("approval.opened")).hasSize(1);
      await().until(() -> bot.confirmed() == tap + 1);
      cardSaying(ADMIN, "Approved");
    }
    try (PhoneWorld world = world()) {
      int next = bot.say(ADMIN, ADMIN, "/whoami", 0);
      await().until(() -> bot.confirmed() == next + 1);
      assertThat(world.desk.audited("approval.decided")).hasSize(1);
      assertThat(bot.shown(ADMIN).stream().filter(one -> one.text().contains("question")).count())
          .isEqualTo(1);
    }
  }

  @Test
  void updates_that_come_twice_or_cannot_be_read_harm_nobody() throws Exception {
    try (PhoneWorld world = world()) {
      Asked asked = world.desk.ask("rm -rf build");
      Shown card = card(ADMIN, asked);
      bot.deliver(
          (com.fasterxml.jackson.databind.node.ObjectNode)
              com.fasterxml.jackson.databind.json.JsonMapper.builder()
                  .build()
                  .readTree("{\"message\":{\"message_id\":\"no number\",\"chat\":[1]}}"));
      int tap = bot.tap(ADMIN, card, "Deny");
      asked.ended();
      await().until(() -> bot.confirmed() == tap + 1);
      bot.tapData(ADMIN, ADMIN, card.number(), "x");
      assertThat(bot.awaitAnswer(tap)).isEqualTo("Denied.");
    }
  }

  @Test
  void too_many_requests_are_waited_for_as_long_as_the_server_says() throws Exception {
    bot.next(Fault.tooMany("sendmessage", 2));
    try (PhoneWorld world = world()) {
      Asked asked = world.desk.ask("rm -rf build");
      card(ADMIN, asked);
      List<Call> sends = bot.callsOf("sendmessage");
      assertThat(sends).hasSize(2);
      assertThat(sends.get(1).nanos() - sends.get(0).nanos())
          .isGreaterThanOrEqualTo(Duration.ofSeconds(2).toNanos());
    }
  }

  @Test
  void a_second_poller_is_reported_plainly_and_polling_goes_on() throws Exception {
    for (int i = 0; i < 3; i++) {
      bot.next(Fault.conflict());
    }
    try (PhoneWorld world = world()) {
      await()
          .until(
              () -> world.router.health().get(0),
              health -> health.detail().contains("another program polls this bot"));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> world.router.health().get(0).state(), ChannelHealth.State.CONNECTED::equals);
    }
  }

  @Test
  void the_network_is_not_needed_at_the_start_and_comes_back() throws Exception {
    bot.next(Fault.badGateway("getme"));
    bot.next(Fault.cutAfter("getupdates"));
    bot.next(Fault.badGateway("sendmessage"));
    bot.next(Fault.cutAfter("editmessagetext"));
    bot.next(Fault.badGateway("answercallbackquery"));
    try (PhoneWorld world = world()) {
      Asked asked = world.desk.ask("rm -rf build");
      int tap = bot.tap(ADMIN, card(ADMIN, asked), "Deny");
      assertThat(asked.ended().state()).isEqualTo(ApprovalState.DENIED);
      cardSaying(ADMIN, "Denied");
      assertThat(tap).isPositive();
    }
  }

  @Test
  void a_message_whose_number_was_never_heard_can_still_be_answered() throws Exception {
    bot.next(Fault.cutAfter("sendmessage"));
    try (PhoneWorld world = world()) {
      Asked asked = world.desk.ask("rm -rf build");
      await().until(() -> bot.shown(ADMIN).size() == 2);
      Shown first = bot.shown(ADMIN).get(0);
      int tap = bot.tap(ADMIN, first, "Once");
      assertThat(bot.awaitAnswer(tap)).startsWith("Approved");
      assertThat(asked.ended().state()).isEqualTo(ApprovalState.APPROVED);
      await().until(() -> bot.shown(ADMIN).stream().allMatch(one -> one.buttons().isEmpty()));
    }
  }
}
