package dev.aegis.daemon.channels.telegram;

import static dev.aegis.daemon.channels.telegram.PhoneWorld.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.daemon.approvals.DeskWorld.Asked;
import dev.aegis.daemon.audit.AuditEvent;
import dev.aegis.daemon.audit.AuditKey;
import dev.aegis.daemon.audit.AuditReader;
import dev.aegis.daemon.audit.AuditVerifier;
import dev.aegis.daemon.channels.Anchors;
import dev.aegis.daemon.channels.ChainAnchor;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Shown;
import dev.aegis.daemon.channels.telegram.PhoneWorld.Options;
import dev.aegis.daemon.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AnchorTests {

  private static final Duration NEVER = Duration.ZERO;
  private static final Pattern HEAD = Pattern.compile("row (\\d+):\n<code>([0-9a-f]{64})</code>");

  @TempDir Path directory;
  private FakeBotApi bot;
  private PhoneWorld world;

  @BeforeEach
  void open() throws Exception {
    bot = new FakeBotApi();
    world = new PhoneWorld(directory, bot, Options.standard());
  }

  @AfterEach
  void close() throws Exception {
    world.close();
    bot.close();
  }

  private Anchors anchors(Duration least, Duration every) {
    AuditReader reader = new AuditReader(world.desk.database);
    Anchors anchors =
        Anchors.start(
            () -> reader.head().map(row -> new ChainAnchor("laptop", row.sequence(), row.mac())),
            world.router::anchor,
            new Anchors.Pace(Duration.ofMillis(50), least, every));
    world.desk.audit.listen(anchors::hear);
    return anchors;
  }

  private long record(String kind) throws Exception {
    return world
        .desk
        .audit
        .append(new AuditEvent(Instant.now(), kind, "s", Map.of()), Durability.WRITTEN)
        .get();
  }

  private List<Shown> posted() {
    return bot.shown(ADMIN).stream().filter(one -> one.text().contains("Audit log of")).toList();
  }

  private Shown awaitAnchor(long row) {
    return bot.awaitShown(ADMIN, one -> one.text().contains("row " + row + ":"));
  }

  @Test
  void the_end_of_a_session_and_a_denial_are_anchored_silently() throws Exception {
    try (Anchors anchors = anchors(Duration.ZERO, NEVER)) {
      assertThat(anchors).isNotNull();
      record("session.started");
      long ended = record("session.ended");
      Shown anchor = awaitAnchor(ended);
      assertThat(anchor.text()).contains("laptop", "aegis audit verify --anchor");
      assertThat(anchor.buttons()).isEmpty();
      awaitAnchor(record("operation.denied"));
      assertThat(posted()).hasSize(2);
      assertThat(bot.callsOf("sendmessage"))
          .allMatch(call -> call.body().path("disable_notification").asBoolean());
    }
  }

  @Test
  void a_denial_by_people_is_anchored_and_an_approval_alone_is_not() throws Exception {
    try (Anchors anchors = anchors(Duration.ZERO, NEVER)) {
      assertThat(anchors).isNotNull();
      Asked yes = world.desk.ask("rm -rf yes");
      int once =
          bot.tap(ADMIN, bot.awaitShown(ADMIN, one -> one.text().contains("rm -rf yes")), "Once");
      yes.ended();
      bot.awaitAnswer(once);
      assertThat(posted()).isEmpty();
      Asked no = world.desk.ask("rm -rf no");
      int deny =
          bot.tap(ADMIN, bot.awaitShown(ADMIN, one -> one.text().contains("rm -rf no")), "Deny");
      no.ended();
      bot.awaitAnswer(deny);
      await().until(() -> posted().size() == 1);
    }
  }

  @Test
  void many_occasions_are_one_message_in_the_least_time() throws Exception {
    try (Anchors anchors = anchors(Duration.ofSeconds(2), NEVER)) {
      assertThat(anchors).isNotNull();
      long first = record("operation.denied");
      long before = System.nanoTime();
      awaitAnchor(first);
      long last = first;
      for (int i = 0; i < 20; i++) {
        last = record("operation.denied");
      }
      awaitAnchor(last);
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofMillis(1_900));
      assertThat(posted()).hasSize(2);
    }
  }

  @Test
  void without_an_occasion_it_is_anchored_every_so_often_while_it_grows() throws Exception {
    try (Anchors anchors = anchors(Duration.ZERO, Duration.ofMillis(200))) {
      assertThat(anchors).isNotNull();
      long row = record("session.started");
      awaitAnchor(row);
      awaitAnchor(record("operations.allowed"));
      assertThat(posted()).hasSize(2);
    }
  }

  @Test
  void what_was_posted_is_what_verify_looks_for() throws Exception {
    try (Anchors anchors = anchors(Duration.ZERO, NEVER)) {
      assertThat(anchors).isNotNull();
      long row = record("session.ended");
      Matcher anchor = HEAD.matcher(awaitAnchor(row).text());
      assertThat(anchor.find()).isTrue();
      record("session.started");
      AuditKey key = AuditKey.read(directory.resolve("audit.key")).orElseThrow();
      AuditVerifier.Report report =
          new AuditVerifier(world.desk.database, key).verify(Optional.of(anchor.group(2)));
      assertThat(report.broken()).isEmpty();
      assertThat(report.anchored()).contains(row);
    }
  }
}
