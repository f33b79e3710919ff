package dev.aegis.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aegis.launcher.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The model against a real terminal: what tmux shows of some output is what it shows of the model's
 * painting of the same output.
 */
class SameAsTmuxTests {

  private static final int ROWS = 20;
  private static final int COLUMNS = 60;

  @TempDir Path directory;

  @BeforeEach
  void needs() {
    assumeTrue(Terminal.isThere(), "tmux is not installed");
  }

  /** Cells that were erased and not written since do not all show in a capture; now they do. */
  private static final String MARKS = marks();

  private static String marks() {
    StringBuilder marks =
        new StringBuilder("\u001b[0m\u001b[?6l\u001b[r\u001b[4l\u001b[?7l\u001b(B\u000f");
    for (int row = 1; row <= ROWS; row++) {
      marks.append("\u001b[").append(row).append(';').append(COLUMNS).append("H|");
    }
    return marks.toString();
  }

  private String cells(String name, String output) throws IOException {
    return visible(shown(name, output + MARKS, Terminal::cells));
  }

  private String state(String name, String output) throws IOException {
    return shown(name, output, Terminal::state);
  }

  private interface Look {
    String at(Terminal terminal) throws IOException;
  }

  private String shown(String name, String output, Look look) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, output);
    Path ready = directory.resolve(name + ".ready");
    Files.deleteIfExists(ready);
    try (Terminal terminal =
        new Terminal(
            ROWS,
            COLUMNS,
            Map.of(),
            // The answer to a status report comes after everything before it was carried out.
            "stty raw -echo; cat "
                + file
                + "; printf '\\033[5n'; dd bs=1 count=4 of="
                + ready
                + " 2>&-; sleep 1000")) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.exists(ready) && Files.size(ready) == 4);
      return look.at(terminal);
    }
  }

  private void check(String output) throws IOException {
    String full = "\u001b[?1049h\u001b[H\u001b[2J" + output;
    byte[] bytes = full.getBytes(StandardCharsets.UTF_8);
    ScreenModel model = new ScreenModel(ROWS, COLUMNS);
    model.feed(bytes, 0, bytes.length);
    String painted =
        "\u001b[?1049hgarbage \u001b[?25l" + new String(model.giveBack(), StandardCharsets.UTF_8);
    assertThat(cells("painted", painted)).as(visible(output)).isEqualTo(cells("direct", full));
    assertThat(state("painted", painted)).as(visible(output)).isEqualTo(state("direct", full));
  }

  private static String visible(String output) {
    return output.replace('\u001b', '^');
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void of_random_output(long seed) throws IOException {
    check(new RandomOutput(seed, ROWS, COLUMNS).pieces(300));
  }

  @Test
  void of_a_pending_wrap_in_a_scroll_region() throws IOException {
    check("\u001b[3;8r\u001b[8;1H\u001b[1;33m" + "x".repeat(COLUMNS));
  }

  @Test
  void of_colours() throws IOException {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 256; i++) {
      out.append("\u001b[38;5;").append(i).append(";48;5;").append(255 - i).append("m#");
    }
    out.append(
        "\u001b[m\r\n\u001b[4:3m curl \u001b[4:2m double \u001b[24;9m struck \u001b[8mhidden");
    check(out.toString());
  }

  @Test
  void of_origin_mode_and_insert_mode() throws IOException {
    check("\u001b[5;10r\u001b[?6h\u001b[2;3Habc\u001b[4h\u001b[2;1HX");
  }
}
