package dev.aegis.daemon.channels.telegram;

import static dev.aegis.daemon.channels.telegram.PhoneWorld.ADMIN;
import static dev.aegis.daemon.channels.telegram.PhoneWorld.APPROVER;
import static dev.aegis.daemon.channels.telegram.PhoneWorld.STRANGER;
import static dev.aegis.daemon.channels.telegram.PhoneWorld.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.AnswerRules;
import dev.aegis.daemon.approvals.DeskWorld.Asked;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Call;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Shown;
import dev.aegis.daemon.channels.telegram.PhoneWorld.Options;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who is heard, and how far. */
class PeopleTests extends PhoneTest {

  private static final long GROUP = -1001234567890L;

  @Test
  void a_stranger_gets_no_reply_and_one_audit_row() throws Exception {
    try (PhoneWorld world = world()) {
      Asked asked = world.desk.ask("rm -rf build");
      Shown card = card(ADMIN, asked);
      int first = bot.say(STRANGER, STRANGER, "/approve " + asked.id(), 0);
      int second = bot.say(STRANGER, STRANGER, "/help", 0);
      int third = bot.tapData(STRANGER, ADMIN, card.number(), card.data("Once"));
      int last = bot.say(ADMIN, ADMIN, "/whoami", 0);
      assertThat(cardSaying(ADMIN, "admin").text()).contains("<code>7</code>");
      assertThat(bot.shown(STRANGER)).isEmpty();
      assertThat(first + 3).isEqualTo(second + 2).isEqualTo(third + 1).isEqualTo(last);
      assertThat(bot.callsOf("answercallbackquery")).isEmpty();
      assertThat(asked.end()).isNotDone();
      assertThat(world.desk.audited("channel.stranger"))
          .hasSize(2)
          .allMatch(row -> row.contains("666"));
    }
  }

  @Test
  void a_viewer_may_look_and_an_approver_may_not_approve_what_takes_an_admin() throws Exception {
    Options options =
        Options.standard()
            .people(Map.of(APPROVER, Role.APPROVER, VIEWER, Role.VIEWER))
            .rules(new AnswerRules(Map.of("high", Role.ADMIN), 1, Set.of()));
    try (PhoneWorld world = new PhoneWorld(directory, bot, options)) {
      Asked asked = world.desk.ask("rm -rf build");
      int tap = bot.tap(APPROVER, card(APPROVER, asked), "Once");
      assertThat(bot.awaitAnswer(tap)).contains("must be approved by an admin");
      int say = bot.say(VIEWER, VIEWER, "/approve " + asked.id(), 0);
      assertThat(say).isPositive();
      cardSaying(VIEWER, "that takes more");
      int look = bot.say(VIEWER, VIEWER, "/pending", 0);
      assertThat(look).isPositive();
      cardSaying(VIEWER, "rm -rf build");
      assertThat(asked.end()).isNotDone();
      assertThat(world.desk.audited("approval.answer_refused")).hasSize(1);
      int deny = bot.say(APPROVER, APPROVER, "/deny " + asked.id() + " not <today>", 0);
      assertThat(deny).isPositive();
      assertThat(asked.ended().reason()).contains("not <today>");
    }
  }

  @Test
  void a_quorum_counts_distinct_people() throws Exception {
    Options options =
        Options.standard()
            .people(Map.of(ADMIN, Role.ADMIN, APPROVER, Role.APPROVER))
            .rules(new AnswerRules(Map.of(), 2, Set.of("file.delete")));
    try (PhoneWorld world = new PhoneWorld(directory, bot, options)) {
      Asked asked = world.desk.ask("rm -rf build");
      int one = bot.tap(ADMIN, card(ADMIN, asked), "This session");
      assertThat(bot.awaitAnswer(one)).isEqualTo("Counted: 1 of 2 people have approved.");
      Shown counted = cardSaying(ADMIN, "Approved so far by Ana");
      int same = bot.tap(ADMIN, counted, "Once");
      assertThat(bot.awaitAnswer(same)).contains("1 of 2");
      assertThat(asked.end()).isNotDone();
      int two = bot.tap(APPROVER, card(APPROVER, asked), "Once");
      assertThat(bot.awaitAnswer(two)).startsWith("Approved");
      assertThat(asked.ended().scope()).contains(Scope.ONCE);
      assertThat(asked.ended().decidedBy().orElseThrow()).contains("id 7", "id 8");
    }
  }

  @Test
  void only_the_groups_and_topics_of_the_configuration_are_used() throws Exception {
    Options options = Options.standard().chats(new AegisConfig.Chat(GROUP, Optional.of(5)));
    try (PhoneWorld world = new PhoneWorld(directory, bot, options)) {
      Asked asked = world.desk.ask("rm -rf build");
      card(GROUP, asked);
      Call sent = bot.callsOf("sendmessage").get(0);
      assertThat(sent.body().path("message_thread_id").asInt()).isEqualTo(5);
      assertThat(bot.shown(ADMIN)).isEmpty();
    }
  }

  @Test
  void an_admin_holds_every_session_and_lets_them_go_on() throws Exception {
    Options options = Options.standard().people(Map.of(ADMIN, Role.ADMIN, APPROVER, Role.APPROVER));
    try (PhoneWorld world = new PhoneWorld(directory, bot, options)) {
      int refused = bot.say(APPROVER, APPROVER, "/pause", 0);
      cardSaying(APPROVER, "that takes more");
      assertThat(world.desk.pause.paused()).as("after update " + refused).isEmpty();
      int pause = bot.say(ADMIN, ADMIN, "/pause", 0);
      cardSaying(ADMIN, "Every session is held until");
      assertThat(world.desk.pause.paused()).as("after update " + pause).isPresent();
    }
    try (PhoneWorld world = new PhoneWorld(directory, bot, options)) {
      AtomicBoolean went = new AtomicBoolean();
      assertThat(world.desk.pause.pass(() -> went.set(true))).isFalse();
      int status = bot.say(ADMIN, ADMIN, "/status", 0);
      bot.awaitShown(ADMIN, one -> one.text().contains("for") && one.text().contains("/resume"));
      int resume = bot.say(ADMIN, ADMIN, "/resume", 0);
      assertThat(resume).isGreaterThan(status);
      await().untilTrue(went);
      assertThat(world.desk.audited("sessions.paused")).hasSize(1);
      assertThat(world.desk.audited("sessions.resumed")).hasSize(1);
    }
  }
}
