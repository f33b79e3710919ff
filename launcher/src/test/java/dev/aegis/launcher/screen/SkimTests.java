package dev.aegis.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What a flood leaves on the screen is the same whether it is taken at once or in small pieces. */
class SkimTests {

  private static final int ROWS = 12;
  private static final int COLUMNS = 40;

  private static byte[] painted(byte[] bytes, int piece) {
    ScreenModel model = new ScreenModel(ROWS, COLUMNS);
    byte[] before = "\u001b[?1049h\u001b[5;7H\u001b[45mbefore".getBytes(StandardCharsets.UTF_8);
    model.feed(before, 0, before.length);
    for (int from = 0; from < bytes.length; from += piece) {
      model.feed(bytes, from, Math.min(piece, bytes.length - from));
    }
    return model.giveBack();
  }

  private static byte[] flood(IntFunction<String> line) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      out.append(line.apply(i));
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void check(byte[] bytes) {
    assertThat(painted(bytes, bytes.length)).isEqualTo(painted(bytes, 1000));
  }

  private static boolean isSkimmed(byte[] bytes) {
    return Skim.start(bytes, 0, bytes.length, ROWS) > 0;
  }

  @Test
  void plain_lines_are_passed_over() {
    byte[] bytes = flood(i -> "line " + i + "\r\n");
    assertThat(isSkimmed(bytes)).isTrue();
    check(bytes);
  }

  @Test
  void the_last_line_may_be_unfinished() {
    check(flood(i -> "\r\nline " + i));
  }

  @Test
  void coloured_lines_are_passed_over() {
    byte[] bytes = flood(i -> "\u001b[3" + i % 8 + "mline\u001b[K " + i + "\u001b[m\tx\r\n");
    assertThat(isSkimmed(bytes)).isTrue();
    check(bytes);
  }

  @Test
  void a_colour_that_is_never_reset_is_kept() {
    byte[] bytes = flood(i -> i == 3 ? "\u001b[1;31m" : "line " + i + "\r\n");
    assertThat(isSkimmed(bytes)).isFalse();
    check(bytes);
  }

  @Test
  void a_colour_set_long_before_the_end_is_kept() {
    check(flood(i -> i == 900 ? "\u001b[0m\u001b[1;31m" : "line " + i + "\r\n"));
  }

  @Test
  void long_lines_wrap_and_wide_ones_too() {
    check(flood(i -> "0123456789".repeat(i % 9) + "\u6f22\u5b57".repeat(i % 7) + "\r\n"));
  }

  @Test
  void output_that_moves_the_cursor_is_taken_whole() {
    byte[] bytes = flood(i -> "line " + i + (i % 100 == 0 ? "\u001b[H" : "\r\n"));
    assertThat(isSkimmed(bytes)).isFalse();
    check(bytes);
  }

  @Test
  void a_flood_inside_a_title_belongs_to_it() {
    byte[] begin = "\u001b]2;title".getBytes(StandardCharsets.UTF_8);
    byte[] bytes = flood(i -> "line " + i + "\r\n");
    ScreenModel model = new ScreenModel(ROWS, COLUMNS);
    model.feed(begin, 0, begin.length);
    model.feed(bytes, 0, bytes.length);
    assertThat(model.isInsideSequence()).isTrue();
    assertThat(model.giveBack()).endsWith(bytes);
  }

  @Test
  void overwritten_lines_are_kept_right() {
    check(flood(i -> "progress " + i + "\rP" + (i % 5 == 0 ? "\r\n" : "")));
  }

  @Test
  void random_floods_are_kept_right() {
    String[] pieces = {
      "a",
      "word ",
      "\r\n",
      "\r\n",
      "\r",
      "\t",
      "\u001b[m",
      "\u001b[0m",
      "\u001b[1;32m",
      "\u001b[44m",
      "\u001b[K",
      "\u6f22",
      "e\u0301",
      "\r\n\u001b[7mx"
    };
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      check(flood(i -> pieces[random.nextInt(pieces.length)] + pieces[random.nextInt(4)]));
    }
  }
}
