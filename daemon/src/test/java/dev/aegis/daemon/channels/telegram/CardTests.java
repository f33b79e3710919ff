package dev.aegis.daemon.channels.telegram;

import static dev.aegis.daemon.channels.telegram.PhoneWorld.ADMIN;
import static dev.aegis.daemon.channels.telegram.PhoneWorld.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.DeskWorld.Asked;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Shown;
import dev.aegis.daemon.store.ApprovalState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a question looks like on the phone, from the first message to the last. */
class CardTests extends PhoneTest {

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
