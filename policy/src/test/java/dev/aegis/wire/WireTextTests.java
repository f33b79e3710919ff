package dev.aegis.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTextTests {

  @Test
  void any_bytes_survive_the_way_through_text() {
    Random random = new Random(20260102);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      assertThat(WireText.encode(WireText.decode(ByteBuffer.wrap(bytes)))).isEqualTo(bytes);
    }
  }

  @Test
  void valid_text_is_itself() {
    String text = "plain, \u00E4, \u20AC, \uD83D\uDE00, \uFFFD";
    assertThat(WireText.decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(text);
    assertThat(WireText.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void overlong_slashes_stay_bytes_and_never_become_slashes() {
    assertThat(WireText.decode(ByteBuffer.wrap(new byte[] {(byte) 0xC0, (byte) 0xAF})))
        .isEqualTo("\uDCC0\uDCAF");
  }

  @Test
  void a_surrogate_that_stands_for_no_byte_is_refused() {
    assertThatThrownBy(() -> WireText.encode("\uD800"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WireText.encode("\uDC00"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
