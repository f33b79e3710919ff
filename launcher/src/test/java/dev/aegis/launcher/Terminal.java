package dev.aegis.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real terminal: tmux with a server of its own, running one command. */
public final class Terminal implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String STATE =
      "#{cursor_x},#{cursor_y} visible=#{cursor_flag} alternate=#{alternate_on}"
          + " region=#{scroll_region_upper}-#{scroll_region_lower} mouse=#{mouse_any_flag}"
          + " modes=#{origin_flag}#{wrap_flag}#{insert_flag}#{keypad_cursor_flag}";

  private final Path directory;

  /** Starts a terminal of that size whose only process is a shell command line. */
  public Terminal(int rows, int columns, Map<String, String> environment, String command)
      throws IOException {
    directory = Files.createTempDirectory(Path.of("/tmp"), "tmux");
    StringBuilder variables = new StringBuilder("env -u XDG_RUNTIME_DIR");
    environment.forEach((name, value) -> variables.append(" '" + name + "=" + value + "'"));
    Path script = directory.resolve("command");
    Files.writeString(script, command + "\n");
    tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-x",
        Integer.toString(columns),
        "-y",
        Integer.toString(rows),
        variables + " LC_ALL=C.UTF-8 bash --norc --noprofile " + script);
  }

  /** Whether this machine has what it takes. */
  public static boolean isThere() {
    return Stream.of("/usr/bin/tmux", "/bin/tmux").anyMatch(path -> Files.exists(Path.of(path)));
  }

  /** Presses keys as tmux names them. */
  public void keys(String... names) throws IOException {
    List<String> words = new ArrayList<>(List.of("send-keys"));
    words.addAll(List.of(names));
    tmux(words.toArray(String[]::new));
  }

  /** Types a line. */
  public void line(String text) throws IOException {
    tmux("send-keys", "-l", text);
    keys("Enter");
  }

  public void resize(int rows, int columns) throws IOException {
    tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
  }

  /** The text of the screen. */
  public String text() throws IOException {
    return tmux("capture-pane", "-p");
  }

  /** Everything that shows: text, colours, attributes, the cursor and the modes. */
  public String everything() throws IOException {
    return cells() + state();
  }

  /** The cursor and the modes. */
  public String state() throws IOException {
    return tmux("display-message", "-p", STATE);
  }

  /** Text with colours and attributes. */
  public String cells() throws IOException {
    return tmux("capture-pane", "-e", "-p");
  }

  public void await(String text) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(text()).contains(text));
  }

  public void awaitWithout(String text) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(text()).doesNotContain(text));
  }

  private String tmux(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of("tmux", "-S", directory.resolve("s").toString()));
    line.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().remove("TMUX");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as(String.join(" ", words) + ": " + out).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return out;
  }

  @Override
  public void close() throws IOException {
    tmux("kill-server");
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
