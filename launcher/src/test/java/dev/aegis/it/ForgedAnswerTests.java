package dev.aegis.it;

import static dev.aegis.it.Attack.changing;
import static dev.aegis.it.Attack.telling;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who is wrapped, and runs as the user, tries to give itself an answer or to take back what is on
 * record. Under the default supervision all of it fails; past a weaker one, what reaches the files
 * changes no answer, and shows.
 */
class ForgedAnswerTests {

  private static final String POLICY =
      SamplePolicy.holding("^rm -rf (victim|other)")
          + """

      [[policy.rules]]
      name = "refuse"
      match = { tool = "bash", command_pattern = "^touch forbidden" }
      action = "deny"
      reason = "forbidden here"
      """;
  private static final String FREE = "python3 escape.py /usr/bin/env ";
  private static final String UNLESS_REFUSED = "; [ $? -eq 6 ] || echo SUCCEEDED";
  private static final List<Attack> ATTACKS =
      List.of(
          changing("approve by the command", FREE + "$B approvals approve $N"),
          telling("approve on the socket", FREE + "python3 forge.py decide $N"),
          telling("revoke a grant by the command", FREE + "$B grants revoke 1" + UNLESS_REFUSED),
          telling("hold every session by the command", FREE + "$B pause" + UNLESS_REFUSED),
          telling("end a hold by the command", FREE + "$B resume" + UNLESS_REFUSED),
          telling("revoke a grant on the socket", FREE + "python3 forge.py grants.revoke 1"),
          telling("hold every session on the socket", FREE + "python3 forge.py sessions.pause 1"),
          telling("end a hold on the socket", FREE + "python3 forge.py sessions.resume 1"),
          changing("approve in the database", FREE + "python3 tamper.py approve $N | grep -q SUCC"),
          telling(
              "forge a callback", FREE + "python3 tamper.py callback o.$N.aaaaaaaa.bbbbbbbb $C"),
          telling("send another button's callback", FREE + "python3 tamper.py callback $R $C"),
          telling("replay a callback", FREE + "python3 tamper.py callback $R $O"),
          changing("edit the policy", FREE + "python3 tamper.py policy | grep -q SUCC"),
          changing("edit rows of the log", FREE + "python3 tamper.py edit | grep -q SUCC"),
          changing("kill the daemon", FREE + "python3 tamper.py kill $D | grep -q SUCC"),
          changing("write the log anew", FREE + "python3 tamper.py rewrite $D | grep -q SUCC"));
  private static final Pattern HEAD = Pattern.compile("<code>([0-9a-f]{64})</code>");

  private static FakeBot bot;
  private static Product product;
  private static Path workspace;
  private static long daemon;
  private static long pending;
  private static Running held;
  private static Map<String, String> inside;
  private static Finished session;

  @BeforeAll
  static void attack() throws Exception {
    Programs.require("python3");
    bot = new FakeBot();
    product = product(bot, "auto");
    workspace = product.workspace("project");
    daemon = product.awaitDaemon();
    FakeBot.Shown old = decideOne();
    held = product.wrap(workspace, "bash", "-c", "rm -rf victim; echo status $?");
    pending = product.awaitQuestion(held).path("id").asLong();
    FakeBot.Shown card = card("rm -rf victim");
    Map<String, Object> variables = variables(product, bot);
    variables.put("R", old.data("Once"));
    variables.put("O", old.number());
    variables.put("C", card.number());
    variables.put("N", pending);
    Running wrapped =
        product.wrap(workspace, "bash", script(workspace, variables, ATTACKS).toString());
    session = wrapped.await();
    inside = AttackScript.results(wrapped);
  }

  private static Product product(FakeBot bot, String floor) throws IOException {
    Product product = new Product().policy(POLICY);
    Files.writeString(
        product.home().resolve("config.toml"),
        bot.toml() + "[sessions]\nfloor = \"%s\"\n".formatted(floor));
    Files.setPosixFilePermissions(
        product.home().resolve("config.toml"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Finished start = product.aegis("start");
    assertThat(start.exitCode()).as(start.err()).isZero();
    return product;
  }

  /* Somebody decides a question in order, so that there is a genuine callback to send again. */
  private static FakeBot.Shown decideOne() throws Exception {
    Files.createDirectory(workspace.resolve("victim"));
    Running asked = product.wrap(workspace, "bash", "-c", "rm -rf other; echo status $?");
    long unused = product.awaitQuestion(asked).path("id").asLong();
    FakeBot.Shown card = card("rm -rf other");
    bot.tap(card, "Once");
    assertThat(asked.await().out()).contains("status 0");
    return card;
  }

  private static FakeBot.Shown card(String text) {
    return bot.awaitShown(one -> one.text().contains(text) && !one.buttons().isEmpty());
  }

  private static Map<String, Object> variables(Product product, FakeBot bot) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("H", product.home());
    variables.put("D", product.awaitDaemon());
    variables.put("B", Product.executable());
    variables.put("BOT", bot.url());
    return variables;
  }

  private static Path script(Path directory, Map<String, Object> variables, List<Attack> attacks)
      throws IOException {
    AttackScript.helper(directory, "escape.py");
    AttackScript.helper(directory, "tamper.py");
    return AttackScript.write(directory, variables, attacks);
  }

  @AfterAll
  static void cleanUp() throws IOException {
    if (product != null) {
      product.close();
    }
    if (bot != null) {
      bot.close();
    }
  }

  static Stream<Attack> all() {
    return ATTACKS.stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void it_fails_inside(Attack attack) {
    assertThat(inside).as("session: %s", session).containsKey(attack.name());
    assertThat(inside.get(attack.name()))
        .doesNotContain(Attack.SUCCEEDED)
        .doesNotContain("\"ok\":true");
  }

  @Test
  void callbacks_that_reach_the_daemon_are_answered_and_change_nothing() {
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(
            () ->
                bot.answers().stream().filter(text -> text.contains("does not belong")).count() >= 2
                    && bot.answers().stream().anyMatch(text -> text.contains("already approved")));
  }

  @Test
  void afterwards_everything_is_as_it_was_and_the_question_waits() throws Exception {
    assertThat(product.awaitDaemon()).isEqualTo(daemon);
    assertThat(product.approval(pending).path("state").asText()).isEqualTo("pending");
    assertThat(held.isAlive()).isTrue();
    assertThat(workspace.resolve("victim")).exists();
    assertThat(product.home().resolve("policy.toml")).hasContent(POLICY);
    Finished verify = product.aegis("audit", "verify");
    assertThat(verify.exitCode()).as(verify.err()).isZero();
  }

  @Test
  void who_gets_past_a_weaker_supervision_is_shown_by_verify() throws Exception {
    try (FakeBot chat = new FakeBot();
        Product weak = product(chat, "off")) {
      Path project = weak.workspace("project");
      Finished denied = weak.wrap(project, "bash", "-c", "touch forbidden; echo status $?").await();
      assertThat(denied.err()).contains("forbidden here");
      String anchor = anchor(chat);
      assertThat(verify(weak, "--anchor", anchor).exitCode()).isZero();

      assertThat(past(weak, chat, "edit")).contains(Attack.SUCCEEDED);
      Finished edited = verify(weak);
      assertThat(edited.exitCode()).isEqualTo(8);
      assertThat(edited.err()).contains("its record was changed");

      assertThat(past(weak, chat, "rewrite $D")).contains(Attack.SUCCEEDED);
      long unused = weak.awaitDaemon();
      Finished alone = verify(weak);
      if (alone.exitCode() != 0) {
        // The daemon had a row to write before it was killed, and met a head that was not its own.
        assertThat(alone.err()).contains("others had written to the log");
      }
      Finished missing = verify(weak, "--anchor", anchor);
      assertThat(missing.exitCode()).isEqualTo(8);
      assertThat(missing.err())
          .containsAnyOf("does not hold the anchor", "others had written to the log");
    }
  }

  @Test
  void past_a_weaker_supervision_a_decision_in_the_database_releases_nothing() throws Exception {
    try (FakeBot chat = new FakeBot();
        Product weak = product(chat, "off")) {
      Path project = weak.workspace("project");
      Files.createDirectory(project.resolve("victim"));
      Running asking = weak.wrap(project, "bash", "-c", "rm -rf victim; echo status $?");
      long question = weak.awaitQuestion(asking).path("id").asLong();

      assertThat(past(weak, chat, "approve " + question)).contains(Attack.SUCCEEDED);
      assertThat(past(weak, chat, "kill $D")).contains(Attack.SUCCEEDED);

      Finished denied = asking.await();
      assertThat(denied.exitCode()).as(denied.err()).isEqualTo(126);
      assertThat(denied.err()).contains("the audit log does not attest what it says");
      assertThat(project.resolve("victim")).exists();
      Finished verify = verify(weak);
      assertThat(verify.exitCode()).isEqualTo(8);
      assertThat(verify.err()).contains("is approved in the database, and pending on record");
    }
  }

  private static String anchor(FakeBot chat) {
    Matcher head = HEAD.matcher(chat.awaitShown(one -> one.text().contains("Audit log of")).text());
    assertThat(head.find()).isTrue();
    return head.group(1);
  }

  private static Finished verify(Product product, String... options) throws IOException {
    return product.aegis(
        Stream.concat(Stream.of("audit", "verify"), Stream.of(options)).toArray(String[]::new));
  }

  /* What a program does that makes its own system calls where nothing traps them. */
  private static String past(Product product, FakeBot chat, String what) throws IOException {
    Path project = product.workspace("project");
    Attack attack = telling("tamper", FREE + "python3 tamper.py " + what);
    Running wrapped =
        product.wrap(
            project,
            "--supervision",
            "libc",
            "bash",
            script(project, variables(product, chat), List.of(attack)).toString());
    Finished finished = wrapped.await();
    return AttackScript.results(wrapped).getOrDefault("tamper", finished.toString());
  }
}
