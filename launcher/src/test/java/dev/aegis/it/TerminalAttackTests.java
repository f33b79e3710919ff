package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody but the person at the terminal presses a key of the card. */
class TerminalAttackTests {

  private static Product product;
  private static Path workspace;
  private static Path victim;
  private static Path typist;
  private static Tmux terminal;

  @BeforeAll
  static void prepare() throws IOException {
    Programs.require("tmux", "python3");
    product = new Product();
    workspace = product.workspace("project");
    victim = Files.createDirectory(workspace.resolve("somedir"));
    Files.writeString(victim.resolve("one"), "1");
    typist = AttackScript.helper(workspace, "type.py");
    terminal = new Tmux(workspace, product.environment());
    terminal.line("export OUTER=$(tty)");
    terminal.line("PS1='wrapped> ' " + Product.executable() + " wrap bash --norc --noprofile");
    terminal.awaitText("wrapped>");
  }

  @AfterAll
  static void cleanUp() throws IOException {
    if (terminal != null) {
      terminal.close();
    }
    if (product != null) {
      product.close();
    }
  }

  private static void awaitQuestion() {
    Awaitility.await().atMost(Product.PATIENCE).until(() -> product.pending().size() == 1);
    terminal.awaitText("AEGIS asks");
  }

  private static void denyFromOutside() throws Exception {
    assertThat(product.pending()).hasSize(1);
    product.aegis("approvals", "deny", product.pending().get(0).path("id").asText());
    terminal.awaitText("status 126");
    assertThat(victim.resolve("one")).exists();
    terminal.key("C-c");
    terminal.line("clear");
  }

  @Test
  void a_program_cannot_press_a_key_of_the_card() throws Exception {
    Path result = workspace.resolve("typed");
    terminal.line(
        "python3 %s $OUTER 4 %s & rm -rf somedir; echo status $?".formatted(typist, result));
    awaitQuestion();
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> assertThat(result).content().endsWith("done"));
    assertThat(result).content().doesNotContain("/dev/pts/");
    denyFromOutside();
  }

  @Test
  void a_program_cannot_write_over_the_card() throws Exception {
    terminal.line("echo over > $OUTER; echo wrote $?");
    terminal.awaitText("wrote 1");
  }

  @Test
  void keys_typed_before_the_card_do_not_answer_it() throws Exception {
    terminal.line("sleep 1; rm -rf somedir; echo status $?");
    for (int i = 0; i < 5; i++) {
      terminal.key("a");
    }
    awaitQuestion();
    denyFromOutside();
  }
}
