package dev.aegis.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrapped programs in a real terminal, and the card over them. */
class WrapInTerminalTests {

  private static final String CARD = "AEGIS asks";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;
  private FakeControl control;
  private Terminal terminal;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(Terminal.isThere(), "tmux is not installed");
    control = new FakeControl();
    Path wrap = directory.resolve("wrap");
    Files.writeString(wrap, "exec " + Wrap.command("\"$@\"\n"));
    terminal =
        new Terminal(
            24,
            90,
            Map.of("AEGIS_HOME", control.home().toString(), "w", "sh " + wrap),
            "cd " + directory + "; export PS1='$ '; exec bash --norc --noprofile -i");
    terminal.await("$");
  }

  @AfterEach
  void cleanUp() throws IOException {
    if (terminal != null) {
      terminal.close();
      // A launcher that loses its daemon starts another.
      Awaitility.await().atMost(PATIENCE).until(() -> !control.isWatched());
      control.close();
    }
  }

  private void awaitWatched() {
    Awaitility.await().atMost(PATIENCE).until(control::isWatched);
  }

  /** What is typed while a program ends is the program's, here as everywhere. */
  private void awaitClosed(int sessions) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> control.calls("session.close").size() == sessions);
  }

  private void start(String program) throws IOException {
    terminal.line("$w " + program);
    awaitWatched();
  }

  /** A key means nothing in the first half second: it is pressed until it counts. */
  private void answer(String key, long id, String state) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> {
              if (!control.state(id).equals("pending")) {
                return true;
              }
              terminal.keys(key);
              return false;
            });
    assertThat(control.state(id)).isEqualTo(state);
    terminal.awaitWithout(CARD);
  }

  private void awaitSame(String before) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(terminal.everything()).isEqualTo(before));
  }

  @Test
  void the_program_has_a_terminal_of_the_same_size_and_modes() throws IOException {
    start("bash --norc --noprofile -i");
    terminal.line("tty; stty size; stty -a | grep -o ' icanon' | tr ' ' '+'; test -t 2 && echo ok");
    terminal.await("24 90");
    terminal.await("+icanon");
    terminal.await("ok");
    terminal.resize(30, 70);
    terminal.line("stty size | tr ' ' x");
    terminal.await("30x70");
    terminal.line("exit 7");
    awaitClosed(1);
    terminal.line("echo status=$?; stty -a | grep -o ' echo ' | tr ' ' '|'");
    terminal.await("status=7");
    terminal.await("|echo|");
  }

  @Test
  void keys_interrupt_stop_continue_and_end_input() throws IOException {
    start("cat");
    terminal.line("one");
    terminal.await("one\none");
    terminal.keys("C-z");
    terminal.await("Stopped");
    terminal.line("stty -a | grep -o ' icanon' | tr ' ' '+'; echo here");
    terminal.await("+icanon\nhere");
    terminal.line("fg");
    terminal.line("two");
    terminal.await("two\ntwo");
    terminal.keys("C-d");
    awaitClosed(1);
    terminal.line("echo status=$?");
    terminal.await("status=0");
    start("sleep 1000");
    terminal.keys("C-c");
    awaitClosed(2);
    terminal.line("echo interrupted=$?");
    terminal.await("interrupted=130");
  }

  @Test
  void a_signal_to_the_launcher_ends_the_program_and_the_terminal_is_as_it_was()
      throws IOException {
    start("sh -c 'echo $PPID > pid; stty raw; exec sleep 1000'");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.exists(directory.resolve("pid")));
    // The parent of the program is the starter, whose parent is the launcher.
    terminal.keys("C-l");
    Process kill =
        new ProcessBuilder(
                "sh", "-c", "kill -TERM $(ps -o ppid= -p $(cat pid)) || kill -TERM $(cat pid)")
            .directory(directory.toFile())
            .start();
    assertThat(kill.onExit().join().exitValue()).isZero();
    awaitClosed(1);
    terminal.line("echo status=$?; stty -a | grep -o ' icanon' | tr ' ' '+'");
    terminal.await("status=143");
    terminal.await("+icanon");
  }

  @Test
  void all_output_arrives_before_the_end() throws IOException {
    terminal.line("$w sh -c 'seq 1 200000; exit 3'; echo status=$?");
    terminal.await("199999\n200000\nstatus=3");
  }

  @Test
  void what_is_no_terminal_is_inherited() throws IOException {
    terminal.line("$w sh -c 'test -t 0 && test ! -t 1 && echo inherited; kill -9 $$' | cat");
    terminal.await("inherited");
    terminal.line("$w sh -c 'kill -9 $$' </dev/null; echo killed=$?");
    terminal.await("killed=137");
    assertThat(control.calls("session.open"))
        .allMatch(call -> !call.path("terminal").asBoolean(true));
  }

  @Test
  void the_card_leaves_the_main_screen_as_it_was() throws IOException {
    start("bash --norc --noprofile -i");
    terminal.line("PS1='\\[\\e[1;32m\\]wrapped\\[\\e[0m\\]> '; ls --color=always -la /; seq 1 30");
    terminal.await("30\nwrapped>");
    terminal.keys("h", "a", "l", "f");
    terminal.await("wrapped> half");
    String before = terminal.everything();
    long first = control.ask("/some/directory");
    terminal.await(CARD);
    assertThat(terminal.text()).contains("/some/directory", "3 files, 12 bytes", "test-rule");
    answer("d", first, "denied");
    awaitSame(before);
    long second = control.ask("/other");
    terminal.await(CARD);
    answer("s", second, "approved");
    awaitSame(before);
    assertThat(control.calls("approvals.decide").get(0).path("channel").asText())
        .isEqualTo("terminal");
    assertThat(control.calls("approvals.decide").get(1).path("scope").asText())
        .isEqualTo("session");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vim -u NONE -c 'syntax on' -c 'set mouse=a number hlsearch' -o /etc/passwd /etc/services",
        "less -N /etc/services",
        "top -d 1000"
      })
  void the_card_leaves_a_full_screen_program_as_it_was(String program) throws IOException {
    String name = program.substring(0, program.indexOf(' '));
    assumeTrue(Files.exists(Path.of("/usr/bin", name)), name + " is not installed");
    start(program);
    terminal.await(name.equals("top") ? "PID" : "root:".equals(name) ? "root" : "1");
    if (!name.equals("top")) {
      terminal.keys("Down", "Down");
    }
    String before = steady();
    long id = control.ask("/some/directory");
    terminal.await(CARD);
    answer("a", id, "approved");
    awaitSame(before);
    long other = control.ask("/other");
    terminal.await(CARD);
    control.denyElsewhere(other);
    awaitSame(before);
  }

  /** The screen once it does not change any more. */
  private String steady() {
    String[] last = {""};
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(400))
        .until(
            () -> {
              String now = terminal.everything();
              boolean same = now.equals(last[0]);
              last[0] = now;
              return same;
            });
    return last[0];
  }

  @Test
  void output_waits_behind_the_card_and_none_is_lost() throws IOException {
    start("sh -c 'read go; seq 1 50000; echo end'");
    long id = control.ask("/some/directory");
    terminal.await(CARD);
    terminal.resize(20, 60);
    terminal.await("/some/directory");
    answer("a", id, "approved");
    terminal.line("");
    terminal.await("49999\n50000\nend");
  }

  @Test
  void type_ahead_and_answers_of_the_terminal_press_nothing() throws IOException {
    // The program asks the terminal what it is, again and again: its answers come as input.
    start("sh -c 'stty raw -echo; printf \"\\033[c\\033[5n\\033[6n\\033]11;?\\007\"; sleep 1000'");
    long id = control.ask("/some/directory");
    terminal.await(CARD);
    terminal.keys("-l", "aaaaaaaaaa");
    terminal.keys("-l", "approve");
    terminal.keys("Up", "M-a", "F1", "Enter");
    Awaitility.await()
        .pollDelay(Duration.ofMillis(1500))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(control.state(id)).isEqualTo("pending"));
    answer("d", id, "denied");
  }
}
