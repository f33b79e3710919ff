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
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.DeskWorld.Asked;
import dev.aegis.daemon.approvals.Questions;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.channels.ChannelHealth;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Call;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Fault;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Shown;
import dev.aegis.daemon.channels.telegram.PhoneWorld.Options;
import dev.aegis.daemon.store.ApprovalState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TelegramChannelTests {

  private static final long GROUP = -1001234567890L;

  @TempDir Path directory;
  private FakeBotApi bot;

  @BeforeEach
  void serve() throws Exception {
    bot = new FakeBotApi();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  private PhoneWorld world() throws Exception {
    return new PhoneWorld(directory, bot, Options.standard());
  }

  private Shown card(long chat, Asked asked) {
    return bot.awaitShown(chat, one -> one.text().contains("question " + asked.id()));
  }

  private Shown cardSaying(long chat, String text) {
    return bot.awaitShown(chat, one -> one.text().contains(text));
  }

  @Test
  void a_question_shows_what_it_is_and_four_buttons() throws Exception {
    try (PhoneWorld world = world()) {
      Asked asked = world.desk.ask("rm -rf build");
      Shown card = card(ADMIN, asked);
      assertThat(card.buttons())
          .containsExactly("Once", "This session", "Deny", "Details", "More \u2026");
      assertThat(card.text())
          .contains("high risk (60)", "claude", "session-1", "laptop", "/w", "rm -rf build")
          .contains("12 files, 3.4 MB, 5 not in git", "cannot be taken back", "silence denies");
      assertThat(bot.shown(VIEWER)).isEmpty();
    }
  }

  @Test
  void a_tick_shows_only_after_the_process_really_went_on() throws Exception {
    try (PhoneWorld world = world()) {
      Asked asked = world.desk.ask("rm -rf build");
      int tap = bot.tap(ADMIN, card(ADMIN, asked), "Once");
      assertThat(asked.ended().state()).isEqualTo(ApprovalState.APPROVED);
      assertThat(asked.ended().decidedBy()).contains("Ana (id 7)");
      assertThat(bot.awaitAnswer(tap)).startsWith("Approved");
      Shown approved = cardSaying(ADMIN, "waiting for the process");
      assertThat(approved.text()).doesNotContain("\u2705");
      assertThat(approved.buttons()).isEmpty();
      world.desk.release(asked.id());
      assertThat(cardSaying(ADMIN, "it went on").text()).contains("\u2705", "once", "Ana");
    }
  }

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
  void a_decision_made_elsewhere_and_a_time_out_clear_the_buttons() throws Exception {
    try (PhoneWorld world = world()) {
      Asked elsewhere = world.desk.ask("rm -rf one");
      card(ADMIN, elsewhere);
      world
          .desk
          .book
          .decide(
              Answered.no(
                  elsewhere.id(), Answerer.local("me", Role.ADMIN), "terminal", Optional.empty()))
          .get(10, TimeUnit.SECONDS);
      assertThat(cardSaying(ADMIN, "by me (terminal)").buttons()).isEmpty();
      Asked silent = world.desk.ask("rm -rf two", Duration.ofMillis(300));
      assertThat(silent.ended().state()).isEqualTo(ApprovalState.EXPIRED);
      await()
          .until(
              () ->
                  bot.shown(ADMIN).stream()
                      .filter(one -> one.text().contains("question " + silent.id()))
                      .allMatch(one -> one.text().contains("nobody answered")));
    }
  }

  @Test
  void details_tell_the_ancestry_and_the_rule() throws Exception {
    try (PhoneWorld world = world()) {
      Asked asked = world.desk.ask("rm -rf <b>build</b>");
      int tap = bot.tap(ADMIN, card(ADMIN, asked), "Details");
      bot.awaitAnswer(tap);
      assertThat(cardSaying(ADMIN, "who ran it").text())
          .contains("ask-deletes", "42  bash -c", "&lt;b&gt;build&lt;/b&gt;")
          .doesNotContain("<b>build");
      assertThat(asked.end()).isNotDone();
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

  @Test
  void hostile_names_stay_text_and_short_enough() throws Exception {
    String hostile =
        "rm '<a href=\"tg://x\">\u202egnp.exe\u200b</a>' " + "&".repeat(3_000) + " /etc";
    try (PhoneWorld world = world()) {
      Asked asked = world.desk.ask(hostile);
      String text = card(ADMIN, asked).text();
      assertThat(text)
          .contains(
              "&lt;a href=", "\u27e8U+202E\u27e9", "\u27e8U+200B\u27e9", "characters cut", "/etc")
          .doesNotContain("<a ", "\u202e", "\u200b");
      assertThat(text.replaceAll("<[^>]*>", "").replaceAll("&[a-z]+;", "x").length())
          .isLessThan(4_096);
    }
  }
}
