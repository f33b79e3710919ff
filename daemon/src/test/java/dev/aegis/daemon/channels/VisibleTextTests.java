package dev.aegis.daemon.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTests {

  @ParameterizedTest
  @ValueSource(
      ints = {0x202e, 0x200b, 0x2066, 0xfeff, 0x1b, 0xe0041, 0x3164, 0x00a0, 0xfe0f, 0x2028})
  void what_cannot_be_seen_is_shown_by_its_number(int point) {
    assertThat(VisibleText.line("a" + Character.toString(point) + "b"))
        .isEqualTo("a\u27e8U+%04X\u27e9b".formatted(point));
  }

  @Test
  void ordinary_text_of_any_language_stays() {
    String text = "rm -rf caf\u00e9 \u65e5\u672c \u05d0\u05d1 \ud83d\ude80";
    assertThat(VisibleText.line(text)).isEqualTo(text);
  }

  @Test
  void a_cut_never_halves_a_character_and_keeps_the_end() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      String text =
          "\ud83d\ude80".repeat(random.nextInt(60)) + "x".repeat(random.nextInt(3)) + "/etc";
      String cut = VisibleText.cut(text, 8 + random.nextInt(60));
      assertThat(cut.codePoints())
          .noneMatch(point -> Character.getType(point) == Character.SURROGATE);
      assertThat(cut).endsWith("tc");
    }
  }
}
