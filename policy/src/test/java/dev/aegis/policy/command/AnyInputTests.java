package dev.aegis.policy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every input, however strange. Seeds are fixed. */
class AnyInputTests {
  private static final String[] PIECES = {
    "a",
    "rm",
    "-rf",
    " ",
    " ",
    "\n",
    ";",
    "&&",
    "||",
    "|",
    "&",
    "(",
    ")",
    "{",
    "}",
    "'",
    "\"",
    "`",
    "$",
    "$(",
    "${",
    "$((",
    "))",
    "<",
    ">",
    "<<E\n",
    "E\n",
    "<<<",
    "\\",
    "#",
    "if ",
    "then ",
    "fi",
    "for x in ",
    "do ",
    "done",
    "case ",
    " in ",
    "esac",
    ";;",
    "[[ ",
    " ]]",
    "((",
    "f() ",
    "eval ",
    "sh -c ",
    "=",
    "x=",
    "$x",
    "$@",
    "*",
    "?",
    "[",
    "~",
    "!",
    "é",
    "\uDC80",
    "\u0000",
    "xargs ",
    "find . -exec ",
    "$'\\x",
    "function "
  };

  @Test
  void no_script_throws() {
    Random random = new Random(20_240_601);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder script = new StringBuilder();
      for (int n = random.nextInt(25); n >= 0; n--) {
        script.append(PIECES[random.nextInt(PIECES.length)]);
      }
      assertThatCode(() -> CommandPlanner.script(script.toString(), "/w", Map.of()))
          .as(script.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void no_argument_vector_throws() {
    Random random = new Random(7);
    String[] programs = {"sudo", "env", "find", "xargs", "sh", "python3", "su", "timeout", "nice"};
    for (int i = 0; i < 5_000; i++) {
      List<String> argv = new ArrayList<>(List.of(programs[random.nextInt(programs.length)]));
      for (int n = random.nextInt(8); n > 0; n--) {
        argv.add(PIECES[random.nextInt(PIECES.length)] + PIECES[random.nextInt(PIECES.length)]);
      }
      assertThatCode(() -> CommandPlanner.plan(argv.get(0), argv, "/w", Map.of()))
          .as(argv.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void reading_back_what_was_quoted_gives_the_same_words() {
    Random random = new Random(42);
    for (int i = 0; i < 5_000; i++) {
      List<String> argv = new ArrayList<>();
      for (int n = random.nextInt(5); n >= 0; n--) {
        StringBuilder word = new StringBuilder();
        for (int m = random.nextInt(5); m > 0; m--) {
          word.append(PIECES[random.nextInt(PIECES.length)].replace("\u0000", ""));
        }
        argv.add(word.toString());
      }
      String line = Quoting.quote(argv);
      assertThat(CommandLine.words(line)).as(line).contains(argv);
    }
  }

  static List<String> bombs() {
    return List.of(
        "$(".repeat(10_000),
        "(".repeat(10_000),
        "((".repeat(5_000),
        "(( $( ".repeat(2_000),
        "`\\`".repeat(10_000),
        "${a:-".repeat(10_000),
        "{ ".repeat(10_000),
        "if ".repeat(10_000),
        "\"$(".repeat(10_000),
        "a | ".repeat(60_000) + "a",
        "a;".repeat(100_000),
        "x=aaaaaaaaaa;" + "x=$x$x$x$x;".repeat(1_000) + "echo $x",
        "for a in 1 2 3 4 5 6 7 8 9;do ".repeat(12) + "x" + ";done".repeat(12),
        "f() { g; g; g; g; g; g; }; g() { h; h; h; h; }; h() { f; f; f; f; }; f",
        "sh -c ".repeat(1_000),
        "eval ".repeat(50_000) + "a",
        "find . " + "-exec sh -c a \\; ".repeat(5_000),
        "cat " + "<<E ".repeat(5_000),
        "'".repeat(200_001),
        "a".repeat(1_000_000));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void no_script_takes_long(String script) {
    /* Of the processor, not of the clock: tests share their machine. */
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
          CommandPlan plan = CommandPlanner.script(script, "/w", Map.of());
          long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
          assertThat(plan.steps()).hasSizeLessThanOrEqualTo(Bounds.STEPS);
          assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(3));
        });
  }
}
