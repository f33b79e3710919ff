package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A real terminal with a server of its own. */
final class Tmux implements AutoCloseable {

  private final Path directory;
  private final Map<String, String> environment;

  /** Start a terminal of 100 columns and 30 lines with a shell in a directory. */
  Tmux(Path workingDirectory, Map<String, String> environment) throws IOException {
    this(workingDirectory, environment, 100, 30);
  }

  Tmux(Path workingDirectory, Map<String, String> environment, int columns, int lines)
      throws IOException {
    this.directory = Directories.createShort();
    this.environment = environment;
    Files.writeString(directory.resolve("conf"), "set -g default-terminal \"tmux-256color\"\n");
    tmux(
        "-f",
        directory.resolve("conf").toString(),
        "new-session",
        "-d",
        "-x",
        Integer.toString(columns),
        "-y",
        Integer.toString(lines),
        "-c",
        workingDirectory.toString(),
        "env PS1='$ ' bash --norc --noprofile");
    awaitText("$");
  }

  private String tmux(String... words) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-S", directory.resolve("s").toString()));
    arguments.addAll(List.of(words));
    Finished finished =
        Running.start(directory, environment, Path.of("tmux"), arguments.toArray(String[]::new))
            .await();
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    return finished.out();
  }

  /** Type a line and press Enter. */
  void line(String text) throws IOException {
    keys(text);
    key("Enter");
  }

  /** Type a text. */
  void keys(String text) throws IOException {
    tmux("send-keys", "-l", text);
  }

  /** Press one key, named as tmux names it. */
  void key(String name) throws IOException {
    tmux("send-keys", name);
  }

  void resize(int columns, int lines) throws IOException {
    tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(lines));
  }

  /** Return the text on the screen. */
  String screen() throws IOException {
    return tmux("capture-pane", "-p");
  }

  /** Return the screen with colours and attributes. */
  String screenWithAttributes() throws IOException {
    return tmux("capture-pane", "-p", "-e");
  }

  /** Return column and line of the cursor. */
  String cursor() throws IOException {
    return tmux("display-message", "-p", "#{cursor_x},#{cursor_y},#{alternate_on}");
  }

  /** Return everything that shows: text, colours, attributes, the cursor and which screen it is. */
  String everything() throws IOException {
    return screenWithAttributes() + cursor();
  }

  /** Wait until the screen does not change any more, and return it. */
  String awaitSteady() {
    String[] last = {""};
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .pollInterval(Duration.ofMillis(400))
        .until(
            () -> {
              String now = everything();
              boolean same = now.equals(last[0]);
              last[0] = now;
              return same;
            });
    return last[0];
  }

  /** Wait until everything shows as it did. */
  void awaitSame(String before) {
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> assertThat(everything()).isEqualTo(before));
  }

  void awaitText(String text) {
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> assertThat(screen()).contains(text));
  }

  @Override
  public void close() throws IOException {
    tmux("kill-server");
    Directories.delete(directory);
  }
}
