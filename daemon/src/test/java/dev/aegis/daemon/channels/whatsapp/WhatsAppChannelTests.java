package dev.aegis.daemon.channels.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.AnswerRules;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.DeskWorld;
import dev.aegis.daemon.approvals.DeskWorld.Asked;
import dev.aegis.daemon.channels.ChainAnchor;
import dev.aegis.daemon.channels.ChannelHealth;
import dev.aegis.daemon.channels.ChannelRouter;
import dev.aegis.daemon.channels.Disturbance;
import dev.aegis.daemon.channels.whatsapp.FakeCloudApi.Sent;
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.daemon.store.StoreException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WhatsAppChannelTests {

  private static final long ADMIN = 15550000007L;
  private static final long VIEWER = 15550000009L;
  private static final long STRANGER = 15550000666L;

  @TempDir Path directory;
  private FakeCloudApi api;
  private int nextId = 1;

  @BeforeEach
  void serve() throws Exception {
    api = new FakeCloudApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** A daemon's approvals with this channel alone. */
  private final class World implements AutoCloseable {
    private final DeskWorld desk;
    private final WhatsAppChannel channel;
    private final ChannelRouter router;

    World() throws Exception {
      desk = new DeskWorld(directory, AnswerRules.PLAIN).takenUp();
      channel =
          new WhatsAppChannel(
              new WhatsAppChannel.Parts(
                  new AegisConfig.WhatsApp(
                      FakeCloudApi.TOKEN,
                      FakeCloudApi.NUMBER,
                      FakeCloudApi.SECRET,
                      FakeCloudApi.VERIFY,
                      Map.of(ADMIN, Role.ADMIN, VIEWER, Role.VIEWER),
                      0,
                      api.url()),
                  desk.book,
                  desk.states(),
                  desk.messages(WhatsAppChannel.NAME),
                  desk.audit,
                  desk.secret("buttons of whatsapp"),
                  "laptop",
                  false,
                  Instant::now));
      router =
          ChannelRouter.start(
              desk.book,
              List.of(channel),
              new Disturbance(5, Optional.empty(), AegisConfig.QuietAction.HOLD),
              LocalTime::now);
    }

    int port() {
      return channel.port().orElseThrow();
    }

    @Override
    public void close() throws IOException, StoreException {
      router.close();
      desk.close();
    }
  }

  private Sent card(Asked asked) {
    return api.awaitSent(
        ADMIN, one -> one.text().contains("question " + asked.id()) && !one.buttons().isEmpty());
  }

  private String tap(Sent card, String button) {
    return FakeCloudApi.tap("in." + nextId++, ADMIN, card.data(button), card.id());
  }

  private String say(long phone, String text) {
    return FakeCloudApi.text("in." + nextId++, phone, text);
  }

  private Sent answerTo(Sent card, String text) {
    return api.awaitSent(
        ADMIN, one -> one.answers().equals(card.id()) && one.text().contains(text));
  }

  @Test
  void a_question_shows_what_it_is_and_three_buttons_within_what_the_api_takes() throws Exception {
    try (World world = new World()) {
      Sent card = card(world.desk.ask("rm -rf build '```*x*' " + "long ".repeat(900) + "/etc"));
      assertThat(card.buttons()).containsExactly("Once", "This session", "Deny");
      assertThat(card.text())
          .hasSizeLessThanOrEqualTo(1_024)
          .contains("*high risk (60)*", "claude", "session-1", "laptop", "in /w", "characters cut")
          .contains("12 files, 3.4 MB, 5 not in git", "cannot be taken back", "silence denies")
          .containsPattern("```rm -rf build [^`]*/etc```");
      assertThat(card.data("Once")).hasSizeLessThan(256);
      assertThat(api.sent(VIEWER)).isEmpty();
    }
  }

  @Test
  void a_tick_is_said_only_after_the_process_really_went_on() throws Exception {
    try (World world = new World()) {
      Asked asked = world.desk.ask("rm -rf build");
      Sent card = card(asked);
      assertThat(api.deliver(world.port(), tap(card, "Once"))).isEqualTo(200);
      assertThat(asked.ended().state()).isEqualTo(ApprovalState.APPROVED);
      assertThat(asked.ended().decidedBy()).contains("Ana (+" + ADMIN + ")");
      assertThat(answerTo(card, "waiting for the process").text()).doesNotContain("\u2705");
      world.desk.release(asked.id());
      assertThat(answerTo(card, "it went on").text()).contains("\u2705", "once");
    }
  }

  @Test
  void a_tap_that_comes_again_or_too_late_acts_once_and_hears_who_was_first() throws Exception {
    try (World world = new World()) {
      Asked asked = world.desk.ask("rm -rf build");
      Sent card = card(asked);
      String tap = tap(card, "Deny");
      assertThat(api.deliver(world.port(), tap)).isEqualTo(200);
      assertThat(api.deliver(world.port(), tap)).isEqualTo(200);
      assertThat(asked.ended().state()).isEqualTo(ApprovalState.DENIED);
      assertThat(answerTo(card, "Denied").text()).contains("Ana");
      assertThat(api.deliver(world.port(), tap(card, "Once"))).isEqualTo(200);
      api.awaitSent(ADMIN, one -> one.text().contains("already denied by Ana"));
      assertThat(world.desk.audited("approval.decided")).hasSize(1);
    }
  }

  @Test
  void what_meta_has_not_signed_is_refused() throws Exception {
    try (World world = new World()) {
      Asked asked = world.desk.ask("rm -rf build");
      String tap = tap(card(asked), "Once");
      byte[] bytes = tap.getBytes(StandardCharsets.UTF_8);
      assertThat(api.deliver(world.port(), tap, "sha256=" + "0".repeat(64))).isEqualTo(401);
      assertThat(api.deliver(world.port(), tap, new Signature("guessed").of(bytes))).isEqualTo(401);
      assertThat(api.deliver(world.port(), tap + " ", new Signature(FakeCloudApi.SECRET).of(bytes)))
          .isEqualTo(401);
      assertThat(api.deliver(world.port(), "no json")).isEqualTo(400);
      assertThat(api.deliver(world.port(), "x".repeat(1_100_000))).isEqualTo(413);
      assertThat(asked.end()).isNotDone();
    }
  }

  @Test
  void the_webhook_is_verified_by_its_token_alone() throws Exception {
    try (World world = new World()) {
      String query = "hub.mode=subscribe&hub.challenge=42%2B1&hub.verify_token=";
      HttpResponse<String> ours = api.get(world.port(), query + FakeCloudApi.VERIFY);
      assertThat(ours.statusCode()).isEqualTo(200);
      assertThat(ours.body()).isEqualTo("42+1");
      assertThat(api.get(world.port(), query + "guessed").statusCode()).isEqualTo(403);
      assertThat(api.get(world.port(), "").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void forged_and_misplaced_buttons_do_nothing() throws Exception {
    try (World world = new World()) {
      Asked one = world.desk.ask("rm -rf one");
      Asked other = world.desk.ask("rm -rf other");
      String data = card(one).data("Once");
      for (String forged :
          List.of(
              FakeCloudApi.tap("f1", ADMIN, "garbage", card(one).id()),
              FakeCloudApi.tap("f2", ADMIN, "s" + data.substring(1), card(one).id()),
              FakeCloudApi.tap("f3", ADMIN, data, card(other).id()),
              FakeCloudApi.tap("f4", VIEWER, data, card(one).id()))) {
        assertThat(api.deliver(world.port(), forged)).isEqualTo(200);
      }
      await()
          .until(
              () ->
                  api.sent(ADMIN).stream().filter(o -> o.text().contains("not belong")).count()
                      == 3);
      assertThat(one.end()).isNotDone();
      assertThat(other.end()).isNotDone();
      assertThat(world.desk.audited("channel.forged")).isNotEmpty();
    }
  }

  @Test
  void a_stranger_gets_no_reply_and_a_viewer_may_only_look() throws Exception {
    try (World world = new World()) {
      Asked asked = world.desk.ask("rm -rf build");
      Sent card = card(asked);
      assertThat(api.deliver(world.port(), say(STRANGER, "approve " + asked.id()))).isEqualTo(200);
      assertThat(
              api.deliver(
                  world.port(), FakeCloudApi.tap("s", STRANGER, card.data("Once"), card.id())))
          .isEqualTo(200);
      assertThat(api.deliver(world.port(), say(VIEWER, "approve " + asked.id()))).isEqualTo(200);
      api.awaitSent(VIEWER, one -> one.text().contains("that takes more"));
      assertThat(api.deliver(world.port(), say(VIEWER, "pending"))).isEqualTo(200);
      api.awaitSent(VIEWER, one -> one.text().contains("rm -rf build"));
      assertThat(api.sent(STRANGER)).isEmpty();
      assertThat(asked.end()).isNotDone();
      assertThat(world.desk.audited("channel.stranger")).hasSize(1);
    }
  }

  @Test
  void a_text_denies_with_a_reason_and_tells_everything() throws Exception {
    try (World world = new World()) {
      Asked asked = world.desk.ask("rm -rf build");
      card(asked);
      assertThat(api.deliver(world.port(), say(ADMIN, "details " + asked.id()))).isEqualTo(200);
      api.awaitSent(ADMIN, one -> one.text().contains("who ran it"));
      assertThat(
              api.deliver(world.port(), say(ADMIN, "Deny " + asked.id() + " use mvn\u202e clean")))
          .isEqualTo(200);
      assertThat(asked.ended().reason()).contains("use mvn\u27e8U+202E\u27e9 clean");
    }
  }

  @Test
  void a_decision_made_elsewhere_and_a_time_out_are_said() throws Exception {
    try (World world = new World()) {
      Asked elsewhere = world.desk.ask("rm -rf one");
      Sent card = card(elsewhere);
      world
          .desk
          .book
          .decide(
              Answered.no(
                  elsewhere.id(), Answerer.local("me", Role.ADMIN), "terminal", Optional.empty()))
          .get(10, TimeUnit.SECONDS);
      answerTo(card, "by me (terminal)");
      Asked silent = world.desk.ask("rm -rf two", Duration.ofMillis(800));
      answerTo(card(silent), "nobody answered in time");
    }
  }

  @Test
  void a_restart_loses_nothing_and_asks_nothing_twice() throws Exception {
    Asked asked;
    Sent card;
    try (World world = new World()) {
      asked = world.desk.ask("rm -rf build");
      card = card(asked);
    }
    try (World world = new World()) {
      assertThat(api.deliver(world.port(), tap(card, "Deny"))).isEqualTo(200);
      answerTo(card, "Denied");
      assertThat(api.sent(ADMIN).stream().filter(one -> !one.buttons().isEmpty())).hasSize(1);
    }
  }

  @Test
  void faults_of_the_service_are_waited_for_and_said_plainly() throws Exception {
    api.next(429, 130_429, "Rate limit hit");
    api.next(500, 131_000, "Something went wrong");
    api.cutAfterNext();
    try (World world = new World()) {
      Asked asked = world.desk.ask("rm -rf build");
      await().atMost(Duration.ofSeconds(30)).until(() -> api.sent(ADMIN).size() == 2);
      Sent unheard = api.sent(ADMIN).get(0);
      assertThat(api.deliver(world.port(), tap(unheard, "Once"))).isEqualTo(200);
      assertThat(asked.ended().state()).isEqualTo(ApprovalState.APPROVED);
    }
  }

  @Test
  void a_person_who_was_silent_for_a_day_shows_in_the_health() throws Exception {
    api.next(400, 131_047, "Re-engagement message");
    try (World world = new World()) {
      Asked asked = world.desk.ask("rm -rf build");
      ChannelHealth health =
          await()
              .until(
                  () -> world.router.health().get(0),
                  one -> one.state() == ChannelHealth.State.FAILING);
      assertThat(health.detail()).contains("+" + ADMIN, "once a day");
      assertThat(asked.end()).isNotDone();
    }
  }

  @Test
  void a_head_of_the_audit_log_is_kept_in_the_chat() throws Exception {
    try (World world = new World()) {
      world.router.anchor(new ChainAnchor("laptop", 12, "ab".repeat(32)));
      assertThat(api.awaitSent(ADMIN, one -> one.text().contains("row 12")).text())
          .contains("ab".repeat(32));
    }
  }
}
