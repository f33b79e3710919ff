package dev.aegis.launcher;

import dev.aegis.config.AegisHome;
import dev.aegis.config.LockOwner;
import dev.aegis.config.OwnerOnly;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One start of a daemon process. The daemon says one line on its standard output: {@code ready},
 * {@code busy} (another holds the lock), or {@code failed CODE MESSAGE}.
 */
final class DaemonLaunch {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LINES_OF_EXPLANATION = 5;
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final AegisHome home;
  private final Map<String, String> environment;

  DaemonLaunch(AegisHome home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  /** Start detached and return once the control socket accepts. */
  void start(List<String> arguments) throws IOException, ControlException {
    makeOutput();
    Process process =
        detached(arguments)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(output().toFile()))
            .start();
    String line = firstLine(process);
    if (line.equals("ready")) {
      return;
    }
    if (line.equals("busy")) {
      awaitOther();
      return;
    }
    throw explained(line);
  }

  /** Run as a child that shares this terminal. */
  int run(List<String> arguments) throws IOException, ControlException {
    List<String> all = new ArrayList<>(arguments);
    all.add("--foreground");
    Process process = builder(all).inheritIO().start();
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        process.destroy();
      }
    }
  }

  /*
   * In a session of its own before its JVM begins, so that a key that ends the caller's job in the
   * meantime does not end it. The daemon leaves the caller's session itself where there is no setsid.
   */
  private ProcessBuilder detached(List<String> arguments) throws IOException {
    ProcessBuilder builder = builder(arguments);
    if (Files.isExecutable(SETSID)) {
      builder.command().add(0, SETSID.toString());
    }
    return builder;
  }

  private ProcessBuilder builder(List<String> arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(DaemonCommand.line(home, arguments));
    builder.directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().putAll(DaemonCommand.environment(home, environment));
    return builder;
  }

  private void makeOutput() throws IOException {
    if (!Files.exists(output())) {
      OwnerOnly.write(output(), "");
    }
  }

  private Path output() {
    return home.logs().resolve("daemon.out");
  }

  private String firstLine(Process process) throws ControlException {
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                return Optional.ofNullable(reader.readLine()).orElse("");
              } catch (IOException e) {
                return "failed 1 its answer could not be read: " + e.getMessage();
              }
            });
    try {
      return line.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new ControlException(
          ControlException.GENERAL,
          "the daemon was not ready after %d s; see %s".formatted(PATIENCE.toSeconds(), output()),
          e);
    } catch (ExecutionException e) {
      throw new ControlException(
          ControlException.GENERAL, "the daemon's answer could not be read", e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new ControlException(
          ControlException.GENERAL, "interrupted while the daemon started", e);
    }
  }

  private ControlException explained(String line) throws IOException {
    String[] words = line.split(" ", 3);
    if (words.length == 3 && words[0].equals("failed") && words[1].matches("[1-8]")) {
      return new ControlException(Integer.parseInt(words[1]), words[2]);
    }
    return new ControlException(
        ControlException.ENVIRONMENT,
        "the daemon ended before it was ready; the end of %s:\n%s".formatted(output(), tail()));
  }

  private String tail() throws IOException {
    List<String> lines = Files.readAllLines(output(), StandardCharsets.UTF_8);
    return String.join(
        "\n", lines.subList(Math.max(0, lines.size() - LINES_OF_EXPLANATION), lines.size()));
  }

  /* Another starter's daemon holds the lock: its record changes once it is ready. */
  private void awaitOther() throws IOException, ControlException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (WatchService watch = home.root().getFileSystem().newWatchService()) {
      home.root()
          .register(
              watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      while (!LockOwner.read(home)
          .filter(LockOwner::ready)
          .filter(LockOwner::isAlive)
          .isPresent()) {
        WatchKey key = watch.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (key == null) {
          throw new ControlException(
              ControlException.GENERAL,
              "another daemon holds %s and is not ready".formatted(home.lock()));
        }
        key.pollEvents();
        key.reset();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlException(
          ControlException.GENERAL, "interrupted while the daemon started", e);
    }
  }
}
