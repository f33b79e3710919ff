package dev.aegis.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameVectorsTests {

  private static final Map<String, Frame> EXPECTED = ExpectedFrames.byName();

  static List<Vectors.Vector> sound() {
    return Vectors.all().stream().filter(vector -> !vector.isRefused()).toList();
  }

  static List<Vectors.Vector> refused() {
    return Vectors.all().stream().filter(Vectors.Vector::isRefused).toList();
  }

  @Test
  void every_sound_vector_is_expected_and_the_other_way_round() {
    assertThat(sound()).extracting(Vectors.Vector::name).containsAll(EXPECTED.keySet());
    assertThat(EXPECTED.keySet()).containsAll(sound().stream().map(Vectors.Vector::name).toList());
  }

  @ParameterizedTest
  @MethodSource("sound")
  void a_sound_frame_says_what_it_should(Vectors.Vector vector) throws Exception {
    assertThat(FrameDecoder.decode(vector.buffer())).isEqualTo(EXPECTED.get(vector.name()));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void a_frame_is_written_as_it_is_read(Vectors.Vector vector) {
    ByteBuffer buffer = FrameEncoder.encode(EXPECTED.get(vector.name()));
    byte[] written = new byte[buffer.remaining()];
    buffer.get(written);
    assertThat(HexFormat.of().formatHex(written)).isEqualTo(vector.hex());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void a_malformed_frame_is_refused_by_the_rule_it_breaks(Vectors.Vector vector) {
    assertThatThrownBy(() -> FrameDecoder.decode(vector.buffer()))
        .isInstanceOfSatisfying(
            MalformedFrameException.class,
            e -> assertThat(e.refusal().label()).isEqualTo(vector.comment()));
  }

  @Test
  void every_rule_of_the_protocol_has_a_vector_that_breaks_it() {
    assertThat(refused())
        .extracting(Vectors.Vector::comment)
        .containsAll(
            Arrays.stream(Refusal.values())
                .filter(refusal -> refusal != Refusal.TOO_MANY)
                .map(Refusal::label)
                .toList());
  }
}
