package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A process whose output goes to files, so that it never waits for its reader. */
final class Running {

  private final Process process;
  private final Path out;
  private final Path err;

  private Running(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Running start(
      Path directory, Map<String, String> environment, Path program, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(List.of(arguments));
    Path out = Files.createTempFile("aegis-it", ".out");
    Path err = Files.createTempFile("aegis-it", ".err");
    out.toFile().deleteOnExit();
    err.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String out() throws IOException {
    return new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
  }

  String err() throws IOException {
    return new String(Files.readAllBytes(err), StandardCharsets.UTF_8);
  }

  /** Write to its standard input and close that. */
  Running input(String text) throws IOException {
    try (OutputStream input = process.getOutputStream()) {
      input.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  /** Wait until it has printed a text; fail at once when it ends without. */
  void awaitOutput(String text) throws IOException {
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(() -> out().contains(text) || !process.isAlive());
    assertThat(out()).as("it said: %s", err()).contains(text);
  }

  Finished await() throws IOException {
    try {
      boolean ended = process.waitFor(Product.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(ended).as("it ended; until now it printed:%n%s%n%s", out(), err()).isTrue();
      return new Finished(process.exitValue(), out(), err());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
