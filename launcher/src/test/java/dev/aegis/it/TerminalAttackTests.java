package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nobody but the person at the terminal presses a key of the card.
 *
 * <p>The policy allows everything but one deletion, so that what refuses is built in.
 */
class TerminalAttackTests {

  private static final String PERMISSIVE =
      """
      [policy]
      extends = "none"
      default_action = "allow"
      [[policy.rules]]
      name = "somedir"
      match = { tool = "bash", command_pattern = "rm -rf somedir" }
      action = "require_approval"
      priority = 1
      """;

  /*
   * Names of the terminal outside, as a shell in the session spells them. Of the launcher's descriptors only
   * terminals: what else it has open are files of the Java runtime, which an attack that succeeds would damage.
   */
  private static final String NAMES =
      "$OUTER /dev/./pts/../pts/${OUTER##*/} /proc/self/root$OUTER $PWD/link"
          + " /proc/$L/fd/0 /proc/$L/fd/1 /proc/$L/root$OUTER"
          + " $(find /proc/$L/fd -lname '/dev/p*')";

  private static Product product;
  private Path workspace;
  private Path victim;
  private Path result;
  private Tmux terminal;

  @BeforeAll
  static void start() throws IOException {
    Programs.require("tmux", "python3");
    product = new Product().policy(PERMISSIVE);
  }

  @BeforeEach
  void prepare() throws IOException {
    workspace = product.freshWorkspace();
    victim = Files.createDirectory(workspace.resolve("somedir"));
    Files.writeString(victim.resolve("one"), "1");
    result = workspace.resolve("result");
    AttackScript.helper(workspace, "type.py");
    terminal = new Tmux(workspace, product.environment());
    // Without job control, so that a launcher that is stopped keeps the terminal.
    terminal.line("set +m; export OUTER=$(tty); ln -s $OUTER link");
  }

  @AfterEach
  void cleanUp() throws IOException {
    if (terminal != null) {
      terminal.close();
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (product != null) {
      product.close();
    }
  }

  private void wrapShell() throws IOException {
    terminal.line("PS1='wrapped> ' " + Product.executable() + " wrap bash --norc --noprofile");
    terminal.line(
        "export S=$PPID L=$(sed -n 's/^PPid:\\t//p' /proc/$PPID/status); echo at $((1 + 1))");
    terminal.awaitText("\nat 2");
  }

  private String attack() {
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> assertThat(result).content().endsWith("done\n"));
    try {
      return Files.readString(result);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void awaitCard() {
    Awaitility.await().atMost(Product.PATIENCE).until(() -> product.pending().size() == 1);
    terminal.awaitText("AEGIS asks");
  }

  private void denyFromOutside() throws Exception {
    assertThat(product.pending()).as("questions that nobody answered").hasSize(1);
    product.aegis("approvals", "deny", product.pending().get(0).path("id").asText());
    terminal.awaitText("status 126");
    assertThat(victim.resolve("one")).exists();
  }

  @Test
  void outside_of_a_session_the_attack_works() throws Exception {
    terminal.line("python3 type.py 0 result $OUTER $PWD/link /proc/$$/fd/0");
    assertThat(attack()).contains("/dev/pts/", "/link", "/fd/0");
  }

  @Test
  void a_program_cannot_open_the_terminal_of_the_card_nor_type_into_it() throws Exception {
    wrapShell();
    terminal.line("mknod node c 136 ${OUTER##*/}");
    terminal.line(
        "python3 type.py 4 result /dev/tty $PWD/node "
            + NAMES
            + " & rm -rf somedir; echo status $?");
    awaitCard();
    assertThat(attack().lines().findFirst()).hasValue("opened /dev/tty inherited");
    denyFromOutside();
  }

  @Test
  void a_program_cannot_write_over_the_card() throws Exception {
    wrapShell();
    terminal.line(
        "for t in "
            + NAMES
            + "; do { echo over > $t; } 2>&-; echo -n $?; done > result; echo done >> result");
    assertThat(attack()).matches("1{7,}done\n");
    assertThat(terminal.screen()).doesNotContainPattern("(?m)^ *over$");
  }

  @Test
  void keys_typed_before_the_card_do_not_answer_it() throws Exception {
    wrapShell();
    terminal.line("until [ -e go ]; do sleep 0.2; done; rm -rf somedir; echo status $?");
    for (int i = 0; i < 5; i++) {
      terminal.key("a");
      terminal.key("y");
    }
    Files.writeString(workspace.resolve("go"), "");
    awaitCard();
    // Far beyond the half second in which keys mean nothing.
    Awaitility.await()
        .during(java.time.Duration.ofSeconds(2))
        .atMost(Product.PATIENCE)
        .until(() -> product.pending().size() == 1);
    denyFromOutside();
    terminal.awaitText("wrapped> ayayayayay");
  }

  @Test
  void keys_that_wait_in_the_terminal_when_the_card_comes_do_not_answer_it() throws Exception {
    wrapShell();
    terminal.line(
        "echo $L > launcher; until [ -e go ]; do sleep 0.2; done; rm -rf somedir; echo status $?");
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> assertThat(workspace.resolve("launcher")).content().endsWith("\n"));
    String launcher = Files.readString(workspace.resolve("launcher")).trim();
    signal("-STOP", launcher);
    try {
      terminal.key("a");
      Files.writeString(workspace.resolve("go"), "");
      Awaitility.await().atMost(Product.PATIENCE).until(() -> product.pending().size() == 1);
      terminal.key("y");
      terminal.key("a");
    } finally {
      signal("-CONT", launcher);
    }
    awaitCard();
    Awaitility.await()
        .during(java.time.Duration.ofSeconds(2))
        .atMost(Product.PATIENCE)
        .until(() -> product.pending().size() == 1);
    denyFromOutside();
  }

  private void signal(String name, String pid) throws IOException {
    Finished kill = product.unwrapped(workspace, "/bin/kill", name, pid);
    assertThat(kill.exitCode()).as(kill.err()).isZero();
  }
}
