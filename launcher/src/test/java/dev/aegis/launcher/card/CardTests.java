package dev.aegis.launcher.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.launcher.screen.ScreenModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardTests {

  private static final long MILLISECOND = 1_000_000L;
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final List<String> sent = new ArrayList<>();
  private final Desk desk =
      new Desk() {
        @Override
        public void decide(long id, Answer answer, String reason) {
          sent.add(id + " " + answer + (reason.isEmpty() ? "" : " " + reason));
        }

        @Override
        public void details(long id) {}
      };
  private final Card card = new Card(desk, Clock.fixed(NOW, ZoneOffset.UTC));
  private long now = 1_000_000 * MILLISECOND;

  private static Question question(long id, String path) {
    return question(
        """
        {"id": %d, "wrapped": "claude", "tool": "delete_file", "command": "rm -rf build",
         "path": "%s", "cwd": "/home/me/p", "categories": ["file.delete.recursive"],
         "rule": "ask-before-deleting", "risk": 72, "tier": "high",
         "blast_radius": "37 files, 4.1 MB", "expires_at": "2026-01-01T12:04:00Z"}
        """
            .formatted(id, path));
  }

  private static Question question(String json) {
    try {
      return Question.of(new ObjectMapper().readTree(json)).orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void open(Question question) {
    card.opened(question);
    if (card.isWanted()) {
      card.shown(now);
    }
    pass(600);
  }

  private void pass(long milliseconds) {
    now += milliseconds * MILLISECOND;
    card.tick(now);
  }

  private void press(String key) {
    card.typed(key.getBytes(StandardCharsets.UTF_8), now);
    pass(100);
  }

  private String screen(int rows, int columns) {
    String frame = card.frame(rows, columns, now);
    String text = frame.replaceAll("\u001b\\[[?0-9;]*[A-Za-z]", "").replace("\r", "");
    assertThat(text).doesNotContain("\u001b");
    ScreenModel model = new ScreenModel(rows, columns);
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    model.feed(bytes, 0, bytes.length);
    for (String line : text.split("\n", -1)) {
      assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(columns);
    }
    assertThat(text.lines().count()).isLessThanOrEqualTo(rows);
    return text;
  }

  @Test
  void asks_what_it_is_what_it_would_destroy_and_who_caused_it() {
    open(question(7, "/home/me/p/build"));
    card.detailed(
        7,
        new Details(
            "more than a handful",
            List.of("the policy is broken: policy.toml:2:1"),
            List.of("rm -rf build (pid 9)"),
            List.of()));
    assertThat(screen(24, 100))
        .contains("approval 7", "high risk, 72 of 100")
        .contains("claude wants to delete a file:")
        .contains("/home/me/p/build", "37 files, 4.1 MB")
        .contains("claude: rm -rf build (pid 9)")
        .contains("ask-before-deleting: more than a handful")
        .contains("warning     the policy is broken: policy.toml:2:1")
        .contains("4:00, then it is denied")
        .contains("[a] approve once", "[s] approve for this session", "[d] deny");
  }

  @Test
  void asks_for_the_command_line_of_a_command() {
    open(
        question(
            """
            {"id": 1, "wrapped": "claude", "tool": "execute", "command": "rm -rf build",
             "path": "/usr/bin/rm", "risk": 60, "tier": "high"}
            """));
    assertThat(screen(24, 80))
        .contains("claude wants to run a command:", "what        rm -rf build")
        .doesNotContain("/usr/bin/rm");
  }

  @Test
  void keys_answer() {
    open(question(1, "/a"));
    press("a");
    card.decided(1);
    open(question(2, "/b"));
    press("s");
    card.decided(2);
    open(question(3, "/c"));
    press("3");
    assertThat(sent).containsExactly("1 APPROVE_ONCE", "2 APPROVE_SESSION", "3 DENY");
  }

  @Test
  void answers_that_reach_further_are_behind_another_key_and_always_behind_two() {
    open(question(1, "/a"));
    press("t");
    press("y");
    assertThat(sent).isEmpty();
    press("m");
    assertThat(screen(24, 90)).contains("[t] for ten minutes", "[h] for an hour", "[w] always");
    press("a");
    press("y");
    assertThat(sent).as("no other menu's keys").isEmpty();
    press("t");
    card.decided(1);
    open(question(2, "/b"));
    press("m");
    press("w");
    assertThat(screen(24, 90)).contains("Really?", "[y] yes");
    press("b");
    press("y");
    assertThat(sent).containsExactly("1 APPROVE_TEN_MINUTES");
    press("m");
    press("w");
    press("y");
    assertThat(sent).containsExactly("1 APPROVE_TEN_MINUTES", "2 APPROVE_ALWAYS");
  }

  @Test
  void keys_mean_nothing_in_the_first_half_second() {
    card.opened(question(1, "/a"));
    card.shown(now);
    pass(300);
    press("a");
    assertThat(sent).isEmpty();
    pass(300);
    press("a");
    assertThat(sent).hasSize(1);
  }

  @Test
  void the_next_question_has_a_half_second_of_its_own() {
    open(question(1, "/a"));
    card.opened(question(2, "/b"));
    press("a");
    card.decided(1);
    pass(10);
    press("a");
    assertThat(sent).containsExactly("1 APPROVE_ONCE");
    assertThat(screen(24, 80)).contains("/b");
  }

  @Test
  void a_key_answers_once() {
    open(question(1, "/a"));
    press("a");
    press("a");
    press("d");
    assertThat(sent).containsExactly("1 APPROVE_ONCE");
  }

  @Test
  void an_answer_that_was_not_taken_can_be_given_again() {
    open(question(1, "/a"));
    press("a");
    card.notSent(1, "the connection to the daemon was lost");
    assertThat(screen(24, 80)).contains("the connection to the daemon was lost");
    press("d");
    assertThat(sent).containsExactly("1 APPROVE_ONCE", "1 DENY");
  }

  @Test
  void a_denial_may_say_why() {
    open(question(1, "/a"));
    press("r");
    press("not");
    press(" now\u007fw");
    assertThat(screen(24, 80)).contains("not now");
    press("\r");
    assertThat(sent).containsExactly("1 DENY not now");
  }

  @Test
  void escape_leaves_the_reason_and_denies_nothing() {
    open(question(1, "/a"));
    press("r");
    press("x");
    press("\u001b");
    assertThat(screen(24, 80)).contains("[d] deny");
    assertThat(sent).isEmpty();
  }

  @Test
  void decided_elsewhere_it_goes_away() {
    open(question(1, "/a"));
    card.decided(1);
    assertThat(card.isWanted()).isFalse();
  }

  @Test
  void the_oldest_is_asked_and_the_others_are_counted() {
    open(question(1, "/a"));
    card.opened(question(2, "/b"));
    card.opened(question(3, "/c"));
    assertThat(screen(24, 80)).contains("/a", "2 more questions wait");
  }

  @Test
  void what_the_daemon_no_longer_knows_is_not_asked() {
    open(question(1, "/a"));
    card.onlyOpen(List.of(question(2, "/b")));
    pass(10);
    assertThat(screen(24, 80)).contains("/b").doesNotContain("/a");
  }

  @Test
  void text_of_the_supervised_cannot_command_the_terminal() {
    open(
        question(
            """
            {"id": 1, "wrapped": "w\\u001b[2J", "tool": "bash", "rule": "r",
             "command": "rm \\u001b]52;c;x\\u0007 \\u202e \\u009b31m \\n x", "risk": 1}
            """));
    assertThat(screen(24, 100)).contains("\\x1b]52;c;x\\x07 \\u{202e} \\x9b31m \\n x");
  }

  @Test
  void the_end_of_a_long_command_stays_in_sight() {
    String json =
        "{\"id\": 1, \"wrapped\": \"w\", \"tool\": \"bash\", \"command\": \"echo %s; rm -rf /\"}";
    open(question(json.formatted("x".repeat(5000))));
    assertThat(screen(24, 80)).contains("rm -rf /", "more lines, see details");
  }

  @Test
  void the_keys_stay_in_sight_on_a_small_screen() {
    open(question(1, "/a"));
    assertThat(screen(6, 30)).contains("[d] deny");
    assertThat(screen(2, 10)).isNotEmpty();
  }
}
