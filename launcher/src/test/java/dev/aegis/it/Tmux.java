package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    this.directory = Directories.createShort();
    this.environment = environment;
    Files.writeString(directory.resolve("conf"), "set -g default-terminal \"tmux-256color\"\n");
    tmux(
        "-f",
        directory.resolve("conf").toString(),
        "new-session",
        "-d",
        "-x",
        "100",
        "-y",
        "30",
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
    tmux("send-keys", "-l", text);
    key("Enter");
  }

  /** Press one key, named as tmux names it. */
  void key(String name) throws IOException {
    tmux("send-keys", name);
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
