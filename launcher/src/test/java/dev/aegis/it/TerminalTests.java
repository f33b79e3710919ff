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

/** A wrapped shell in a real terminal, and the card over it. */
class TerminalTests {

  private static Product product;
  private Path workspace;
  private Path victim;
  private Tmux terminal;

  @BeforeAll
  static void start() throws IOException {
    Programs.require("tmux");
    product = new Product();
  }

  @BeforeEach
  void prepare() throws IOException {
    workspace = product.freshWorkspace();
    victim = Files.createDirectory(workspace.resolve("somedir"));
    Files.writeString(victim.resolve("one"), "1");
    Files.writeString(victim.resolve("two"), "22");
    terminal = new Tmux(workspace, product.environment());
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
    terminal.awaitText("wrapped>");
    terminal.line("echo 'before the card'");
    terminal.awaitText("\nbefore the card");
  }

  private void awaitCard() {
    terminal.awaitText("somedir");
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(terminal.screen()).containsIgnoringCase("approve").contains("2 files"));
  }

  /* Keys mean nothing for half a second after the card appeared: press until it is answered. */
  private void answer(String key) {
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .pollInterval(java.time.Duration.ofMillis(300))
        .until(
            () -> {
              if (product.pending().isEmpty()) {
                return true;
              }
              terminal.key(key);
              return false;
            });
  }

  @Test
  void denied_on_the_card_every_file_stays_and_the_shell_goes_on() throws Exception {
    wrapShell();
    terminal.line("rm -rf somedir; echo status $?");
    awaitCard();
    answer("d");
    terminal.awaitText("status 126");
    assertThat(terminal.screen()).contains("before the card", "aegis: denied");
    assertThat(victim.resolve("one")).exists();
    terminal.line("exit 3");
    // What is typed while a program ends is that program's; wait for the shell.
    terminal.awaitText("operations denied");
    terminal.line("echo ended $?");
    terminal.awaitText("ended 3");
  }

  @Test
  void approved_on_the_card_it_deletes() throws Exception {
    wrapShell();
    terminal.line("rm -rf somedir; echo status $?");
    awaitCard();
    answer("a");
    terminal.awaitText("status 0");
    assertThat(victim).doesNotExist();
  }

  @Test
  void a_full_screen_program_is_restored_exactly() throws Exception {
    Programs.require("less");
    Files.writeString(workspace.resolve("text"), "line\n".repeat(100));
    wrapShell();
    terminal.line("(read -t 2 < <(sleep 2); rm -rf somedir 2>&-) & less text");
    terminal.awaitText("line\nline");
    String before = terminal.screenWithAttributes();
    String cursor = terminal.cursor();
    awaitCard();
    assertThat(terminal.screenWithAttributes()).isNotEqualTo(before);
    long id = product.pending().get(0).path("id").asLong();
    product.aegis("approvals", "deny", Long.toString(id));
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> assertThat(terminal.screenWithAttributes()).isEqualTo(before));
    assertThat(terminal.cursor()).isEqualTo(cursor);
    terminal.key("q");
    terminal.awaitText("wrapped>");
  }

  @Test
  void keys_of_the_terminal_reach_the_program() throws Exception {
    wrapShell();
    terminal.line("echo started; sleep 1000; echo interrupted $?");
    terminal.awaitText("\nstarted");
    terminal.key("C-c");
    terminal.awaitText("^C\n");
    terminal.line("echo after $?");
    terminal.awaitText("after 130");
    terminal.line("stty size; sleep 1000");
    terminal.awaitText("\n30 100");
    terminal.key("C-z");
    terminal.awaitText("Stopped");
    terminal.line("kill %1; exit; exit");
    terminal.awaitText("\nexit\n");
    terminal.line("stty -a | grep -o ' echo ' | tr ' ' '|'");
    terminal.awaitText("|echo|");
  }
}
