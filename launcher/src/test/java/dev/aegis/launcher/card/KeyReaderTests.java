package dev.aegis.launcher.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReaderTests {

  private static final long MILLISECOND = 1_000_000L;

  private final KeyReader keys = new KeyReader();
  private long now = 1_000 * MILLISECOND;

  private String pressed = "";

  private void type(String bytes, long pauseAfter) {
    keys.read(bytes.getBytes(StandardCharsets.ISO_8859_1), now);
    now += pauseAfter * MILLISECOND;
    keys.key(now).ifPresent(key -> pressed += (char) key);
  }

  @Test
  void one_byte_alone_is_a_key() {
    type("a", 100);
    type("d", 100);
    assertThat(pressed).isEqualTo("ad");
  }

  @Test
  void a_key_counts_only_after_silence() {
    type("a", 1);
    assertThat(pressed).isEmpty();
    now += 100 * MILLISECOND;
    assertThat(keys.key(now)).hasValue('a');
    assertThat(keys.key(now)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aa",
        "approve\r",
        "\u001ba",
        "\u001b[a",
        "\u001b[?62;22a",
        "\u001b]0;a\u001b\\",
        "\u001b]l a \u0007",
        "\u001bPa\u001b\\",
        "\u001bOa",
        "\u001b[200~a\u001b[201~",
        "\u001b[<0;12;5M",
        "\r",
        "\u00e9"
      })
  void a_burst_is_no_key_in_one_piece(String burst) {
    type(burst, 100);
    assertThat(pressed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001ba",
        "\u001b[1;2a",
        "\u001b]0;title a\u001b\\",
        "\u001bP1$ra\u001b\\",
        "aaaaaa"
      })
  void a_burst_is_no_key_in_pieces(String burst) {
    burst.chars().forEach(c -> type(Character.toString(c), 10));
    now += 100 * MILLISECOND;
    assertThat(keys.key(now)).isEmpty();
    assertThat(pressed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[1;2a", "\u001b]0;title a\u001b\\", "\u001bP1$ra\u001b\\"})
  void a_sequence_is_passed_over_however_slowly_it_comes(String sequence) {
    sequence.chars().forEach(c -> type(Character.toString(c), 500));
    assertThat(pressed).isEmpty();
    type("a", 100);
    assertThat(pressed).isEqualTo("a");
  }

  @Test
  void a_sequence_that_never_ends_does_not_lock_the_keyboard() {
    type("\u001b]0;tit", 3_000);
    type("d", 100);
    assertThat(pressed).isEqualTo("d");
  }
}
