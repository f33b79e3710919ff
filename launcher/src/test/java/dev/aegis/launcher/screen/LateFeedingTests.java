package dev.aegis.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A model that is told late and much at once knows the same as one that is told every byte as it
 * comes: on random programs' output, however it is cut.
 */
class LateFeedingTests {

  private static final int STREAMS = 40;
  private static final List<String> LINES =
      List.of(
          "a",
          "word ",
          "\r\n",
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
          "\u00fc",
          "\u001b[7mx\r\n",
          "~\r\n",
          "0123456789");

  /* Not of terminals in general, so not in RandomOutput: what makes a mistake of ours show. */
  private static final List<String> SEQUENCES =
      List.of(
          "\u001b[3b",
          "\u001b[?1049h",
          "\u001b[?1049l",
          "\u001b]0;title\u0007",
          "\u001b]2;begun",
          "\u001b[?6h",
          "\u001b[?6l",
          "\u001bH",
          "\u001b[3g",
          "\u001b[4h",
          "\u001b[4l",
          "\u001b[20h",
          "\u001b[20l",
          "\u001bc",
          "\u001b[!p",
          "\u001b[?2004h",
          "\u001b[?1000h",
          "\u000e",
          "\u000f",
          "\u001b)0",
          "\b",
          "\u0007");

  private static final List<String> LATER =
      List.of("\u0018", "\u001b[2b", "x\u001b[2b", "\t.\u001b[?1049h", "\u001b8!");

  /** Calm output and sequences of every kind, each with a flood of lines behind it. */
  private static List<byte[]> stream(Random random, int rows, int columns) {
    List<byte[]> parts = new ArrayList<>();
    for (int part = random.nextInt(3); part >= 0; part--) {
      String calm =
          random.nextBoolean()
              ? new RandomOutput(random.nextLong(), rows, columns).pieces(40)
              : SEQUENCES.get(random.nextInt(SEQUENCES.size()));
      parts.add(calm.getBytes(StandardCharsets.UTF_8));
      parts.add(withNoise(random, flood(random)));
    }
    return parts;
  }

  private static byte[] flood(Random random) {
    StringBuilder out = new StringBuilder();
    int kinds = 1 + random.nextInt(LINES.size());
    int first = random.nextInt(LINES.size());
    int count = random.nextInt(5_000);
    for (int i = 0; i < count; i++) {
      out.append(LINES.get((first + random.nextInt(kinds)) % LINES.size()));
      out.append(random.nextInt(3) == 0 ? "\r\n" : "");
    }
    out.append("\r\n".repeat(random.nextInt(3) == 0 ? random.nextInt(120) : 0));
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Now and then a byte that belongs to nothing, and an end in the middle of something. */
  private static byte[] withNoise(Random random, byte[] bytes) {
    if (random.nextInt(4) == 0 && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return Arrays.copyOf(bytes, Math.max(0, bytes.length - random.nextInt(4)));
  }

  private static ScreenModel eager(List<byte[]> parts, int rows, int columns) {
    ScreenModel model = new ScreenModel(rows, columns);
    for (byte[] part : parts) {
      for (int i = 0; i < part.length; i++) {
        model.feed(part, i, 1);
      }
    }
    return model;
  }

  /** Cut as the parts are, or anywhere. */
  private static ScreenModel late(Random random, List<byte[]> parts, int rows, int columns) {
    ScreenModel model = new ScreenModel(rows, columns);
    boolean anywhere = random.nextBoolean();
    for (byte[] part : parts) {
      int at = 0;
      while (at < part.length) {
        int length = anywhere ? 1 + random.nextInt(1 << 14) : part.length;
        length = Math.min(length, part.length - at);
        model.feed(part, at, length);
        at += length;
      }
    }
    return model;
  }

  /** All that can be asked of a model, also what only later output would bring to light. */
  private static String knowledge(ScreenModel model) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(model.borrow());
    all.write(model.giveBack());
    all.write(String.valueOf(model.isAtLineStart()).getBytes(StandardCharsets.US_ASCII));
    for (String later : LATER) {
      byte[] bytes = later.getBytes(StandardCharsets.US_ASCII);
      model.feed(bytes, 0, bytes.length);
      all.write(model.giveBack());
      for (int row = 0; row < model.rows(); row++) {
        all.write((model.line(row) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 12, 50})
  void it_knows_the_same(int rows) throws Exception {
    int columns = 20 + rows;
    for (int seed = 0; seed < STREAMS; seed++) {
      List<byte[]> parts = stream(new Random(seed), Math.max(rows, 2), columns);
      String expected = knowledge(eager(parts, rows, columns));
      String actual = knowledge(late(new Random(~seed), parts, rows, columns));
      assertThat(actual).as("stream of seed %d on %d rows", seed, rows).isEqualTo(expected);
    }
  }
}
