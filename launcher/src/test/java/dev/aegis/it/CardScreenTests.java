package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A card comes over whatever the terminal shows, and leaves no trace. */
class CardScreenTests {

  private static final String CARD = "AEGIS asks";
  private static final String DELETION =
      "(until [ -e go%1$d ]; do sleep 0.2; done; rm -rf dir%1$d) 2>&- &";

  private static Product product;
  private static int workspaces;

  private Path workspace;
  private Tmux terminal;

  @BeforeAll
  static void prepare() throws IOException {
    Programs.require("tmux");
    product = new Product();
    // Where it is missing, top makes it, and that is a write elsewhere in the home directory.
    Files.createDirectory(product.userHome().resolve(".config"));
  }

  @AfterAll
  static void cleanUp() throws IOException {
    if (product != null) {
      product.close();
    }
  }

  /** A wrapped shell with directories to delete, each in the background once it may. */
  private void wrapShell(int columns, int lines, int deletions) throws IOException {
    workspace = product.workspace("project" + workspaces++);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append("line ").append(i).append(" of a text with \u00fc and \u6f22\u5b57\n");
    }
    Files.writeString(workspace.resolve("text"), text);
    terminal = new Tmux(workspace, product.environment(), columns, lines);
    terminal.line("PS1='wrapped> ' " + Product.executable() + " wrap bash --norc --noprofile");
    terminal.line("echo ready $((1 + 1))");
    terminal.awaitText("ready 2");
    for (int i = 1; i <= deletions; i++) {
      Files.writeString(Files.createDirectory(workspace.resolve("dir" + i)).resolve("file"), "x");
      terminal.line(DELETION.formatted(i));
    }
    terminal.line("clear; echo all set");
    terminal.awaitText("\nwrapped>");
  }

  @AfterEach
  void closeTerminal() throws Exception {
    if (terminal != null) {
      terminal.close();
      terminal = null;
    }
    Awaitility.await().atMost(Product.PATIENCE).until(() -> product.pending().isEmpty());
  }

  private void ask(int deletion) throws IOException {
    Files.writeString(workspace.resolve("go" + deletion), "");
  }

  private void awaitCard() {
    terminal.awaitText(CARD);
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> assertThat(terminal.screen()).contains("approve", "deny", "dir"));
  }

  /* Keys mean nothing for half a second after a card appeared: press until it is answered. */
  private void answer(String key) throws Exception {
    int open = product.pending().size();
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              if (product.pending().size() < open) {
                return true;
              }
              terminal.key(key);
              return false;
            });
  }

  @ParameterizedTest
  @CsvSource({"vim, 100, 30", "vim, 40, 15", "less, 40, 15", "top, 100, 30", "top, 40, 15"})
  void over_a_full_screen_program(String program, int columns, int lines) throws Exception {
    Programs.require(program);
    wrapShell(columns, lines, 2);
    String line =
        switch (program) {
          case "vim" -> "vim -u NONE -c 'syntax on' -c 'set number hlsearch' -c /text text";
          case "less" -> "less -N text";
          default -> "top -d 1000";
        };
    terminal.line(line);
    terminal.awaitText(program.equals("top") ? "PID" : "line 3");
    String before = terminal.awaitSteady();
    assertThat(before).endsWith(program.equals("top") ? "0\n" : "1\n");

    ask(1);
    awaitCard();
    answer("d");
    terminal.awaitSame(before);
    assertThat(workspace.resolve("dir1/file")).exists();

    ask(2);
    awaitCard();
    long id = product.pending().get(0).path("id").asLong();
    product.aegis("approvals", "approve", Long.toString(id));
    terminal.awaitSame(before);
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> assertThat(workspace.resolve("dir2")).doesNotExist());

    if (program.equals("top")) {
      terminal.key("Space");
      terminal.awaitText("PID");
      assertThat(terminal.screen()).doesNotContain(CARD, "approve");
    }
    terminal.key(program.equals("vim") ? ":" : "q");
    if (program.equals("vim")) {
      terminal.line("q!");
    }
    terminal.awaitText("wrapped>");
  }

  @ParameterizedTest
  @CsvSource({"100, 30", "40, 15"})
  void over_a_prompt_with_colours_and_half_a_command(int columns, int lines) throws Exception {
    wrapShell(columns, lines, 1);
    terminal.line("PS1='\\[\\e[1;32m\\]me\\[\\e[0m\\]> '; ls --color=always -la /; seq 1 30");
    terminal.awaitText("30\nme>");
    terminal.keys("echo half");
    terminal.awaitText("me> echo half");
    String before = terminal.everything();
    ask(1);
    awaitCard();
    answer("d");
    terminal.awaitSame(before);
    terminal.line(" and half");
    terminal.awaitText("\nhalf and half");
  }

  @Test
  void that_is_resized_meanwhile() throws Exception {
    Programs.require("vim");
    wrapShell(100, 30, 2);
    terminal.line("vim -u NONE -c 'set number' text");
    terminal.awaitText("line 3");
    // Its message line goes with every redrawing, with a card or without.
    terminal.key("C-l");
    String before = terminal.awaitSteady();
    ask(1);
    awaitCard();
    terminal.resize(40, 12);
    awaitCard();
    terminal.resize(100, 30);
    awaitCard();
    answer("d");
    terminal.awaitSame(before);

    ask(2);
    awaitCard();
    terminal.resize(60, 20);
    awaitCard();
    answer("d");
    terminal.awaitText("line 3");
    String after = terminal.awaitSteady();
    assertThat(after).doesNotContain(CARD);
    terminal.key("C-l");
    assertThat(terminal.awaitSteady()).as("what vim draws anew").isEqualTo(after);
  }

  @Test
  void and_then_the_next() throws Exception {
    wrapShell(100, 30, 3);
    String before = terminal.awaitSteady();
    ask(1);
    awaitCard();
    ask(2);
    terminal.awaitText("1 more question waits");
    ask(3);
    terminal.awaitText("2 more questions wait");
    answer("d");
    awaitCard();
    answer("d");
    awaitCard();
    answer("d");
    terminal.awaitSame(before);
    for (int i = 1; i <= 3; i++) {
      assertThat(workspace.resolve("dir" + i + "/file")).exists();
    }
  }

  @Test
  void what_was_typed_before_it_reaches_the_program() throws Exception {
    wrapShell(100, 30, 0);
    Files.writeString(Files.createDirectory(workspace.resolve("dir")).resolve("file"), "x");
    // The shell does not read while it waits for rm, which waits for the answer.
    terminal.line("until [ -e go ]; do sleep 0.2; done; rm -rf dir");
    terminal.keys("echo typed ");
    terminal.keys("ahead");
    Files.writeString(workspace.resolve("go"), "");
    awaitCard();
    answer("d");
    terminal.line(" and after");
    terminal.awaitText("\ntyped ahead and after");
    assertThat(workspace.resolve("dir/file")).exists();
  }
}
