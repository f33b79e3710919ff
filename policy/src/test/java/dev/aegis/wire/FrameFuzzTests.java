package dev.aegis.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.operation.Operation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameFuzzTests {

  private static final long SEED = 20260101;
  private static final int ROUNDS = 60_000;

  private final Random random = new Random(SEED);
  private final List<Vectors.Vector> vectors = Vectors.all();

  @Test
  void damaged_frames_are_refused_or_mean_exactly_what_they_say() {
    int survived = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] damaged = damage(vectors.get(random.nextInt(vectors.size())).bytes());
      try {
        Frame frame = FrameDecoder.decode(ByteBuffer.wrap(damaged));
        survived++;
        if (!hasForeignAddress(frame)) {
          ByteBuffer written = FrameEncoder.encode(frame);
          assertThat(FrameEncoder.encode(FrameDecoder.decode(written))).isEqualTo(written);
        }
      } catch (MalformedFrameException e) {
        assertThat(e.refusal()).isNotNull();
      }
    }
    assertThat(survived).isPositive().isLessThan(ROUNDS);
  }

  /* An address of a family that is not understood is told apart, not written back. */
  private static boolean hasForeignAddress(Frame frame) {
    return frame instanceof Frame.Ask ask
        && ask.operation() instanceof Operation.SocketAccess access
        && access.host().startsWith("family-");
  }

  private byte[] damage(byte[] bytes) {
    for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  @Test
  void more_arguments_than_are_taken_are_refused_before_they_are_kept() {
    FieldWriter out = new FieldWriter().putShort(Tag.KIND, 1);
    for (int i = 0; i <= 262_144; i++) {
      out.put(Tag.ARG, new byte[0]);
    }
    assertThatThrownBy(() -> FrameDecoder.decode(out.finish(FrameType.ASK, 1, 1)))
        .isInstanceOfSatisfying(
            MalformedFrameException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.TOO_MANY));
  }

  @Test
  void only_the_start_of_a_program_may_be_a_large_question() {
    byte[] argument = new byte[1024];
    Arrays.fill(argument, (byte) 'a');
    FieldWriter out = new FieldWriter().putShort(Tag.KIND, 12);
    for (int i = 0; i < 70; i++) {
      out.put(Tag.ARG, argument);
    }
    ByteBuffer frame = out.put(Tag.DETAIL, new byte[] {'x'}).finish(FrameType.ASK, 1, 1);
    assertThatThrownBy(() -> FrameDecoder.decode(frame))
        .isInstanceOfSatisfying(
            MalformedFrameException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.OVERSIZED));
  }
}
