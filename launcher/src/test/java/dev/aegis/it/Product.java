package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.AegisHome;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.DaemonStarter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The built product with a home of its own and a user's directory to work in. */
final class Product implements AutoCloseable {

  /** Longest wait for anything that should happen at once. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("aegis.dist", "target/dist")).toAbsolutePath();
  private static final String PROGRAMS = "/usr/local/bin:/usr/bin:/bin";

  private final Path userHome;
  private final Path aegisHome;
  private final List<Running> started = new ArrayList<>();

  Product() throws IOException {
    userHome = Directories.createUserHome();
    aegisHome = Directories.createShort();
  }

  /** A directory that looks like a user's home, below /home where that can be had. */
  Path userHome() {
    return userHome;
  }

  /** A new directory of the user that is not a git repository. */
  Path workspace(String name) throws IOException {
    return Files.createDirectories(userHome.resolve(name));
  }

  /** A new directory of the user that no other test of the class works in. */
  Path freshWorkspace() throws IOException {
    return Files.createTempDirectory(userHome, "project-");
  }

  /** The user's rules, which hold from the start of the daemon. */
  Product policy(String toml) throws IOException {
    Files.writeString(aegisHome.resolve("policy.toml"), toml);
    return this;
  }

  Path home() {
    return aegisHome;
  }

  static Path executable() {
    return DISTRIBUTION.resolve("bin/aegis");
  }

  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", PROGRAMS);
    environment.put("HOME", userHome.toString());
    environment.put("USER", System.getProperty("user.name"));
    environment.put("LANG", "C.UTF-8");
    environment.put("TERM", "xterm-256color");
    environment.put("AEGIS_HOME", aegisHome.toString());
    environment.put("AEGIS_DAEMON_PORT", "0");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_AUTHOR_NAME", "Test");
    environment.put("GIT_AUTHOR_EMAIL", "test@example.com");
    environment.put("GIT_COMMITTER_NAME", "Test");
    environment.put("GIT_COMMITTER_EMAIL", "test@example.com");
    return environment;
  }

  /** Run {@code aegis} with arguments and wait for its end. */
  Finished aegis(String... arguments) throws IOException {
    return start(userHome, executable(), arguments).await();
  }

  /** Start {@code aegis wrap} in a directory, without a terminal. */
  Running wrap(Path directory, String... words) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("wrap"));
    arguments.addAll(List.of(words));
    return start(directory, executable(), arguments.toArray(String[]::new));
  }

  /** Run a program of the user without Aegis. */
  Finished unwrapped(Path directory, String program, String... arguments) throws IOException {
    return start(directory, Path.of(program), arguments).await();
  }

  private Running start(Path directory, Path program, String... arguments) throws IOException {
    Running running = Running.start(directory, environment(), program, arguments);
    started.add(running);
    return running;
  }

  /** Wait until a process has one question open, and return it; fail at once when it ends. */
  JsonNode awaitQuestion(Running asker) throws Exception {
    Awaitility.await().atMost(PATIENCE).until(() -> pending().size() == 1 || !asker.isAlive());
    assertThat(pending())
        .as("questions; the process printed:%n%s%n%s", asker.out(), asker.err())
        .hasSize(1);
    return pending().get(0);
  }

  /** Return what is pending; nothing while no daemon answers. */
  List<JsonNode> pending() throws Exception {
    return approvals(false);
  }

  /** Return an approval as it stands now. */
  JsonNode approval(long id) throws Exception {
    return approvals(true).stream()
        .filter(approval -> approval.path("id").asLong() == id)
        .findFirst()
        .orElseThrow();
  }

  /** Wait until an approval has a state. */
  void awaitState(long id, String state) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(approval(id).path("state").asText()).isEqualTo(state));
  }

  private List<JsonNode> approvals(boolean all) throws Exception {
    Optional<JsonNode> answer = call("approvals.list", Map.of("all", all));
    List<JsonNode> approvals = new ArrayList<>();
    answer.ifPresent(list -> list.forEach(approvals::add));
    return approvals;
  }

  /** Call the daemon; empty when none answers. */
  Optional<JsonNode> call(String call, Map<String, ?> arguments)
      throws ControlException, IOException {
    Optional<ControlClient> running =
        new DaemonStarter(new AegisHome(aegisHome, userHome), environment()).connectIfRunning();
    if (running.isEmpty()) {
      return Optional.empty();
    }
    try (ControlClient client = running.get()) {
      return Optional.of(client.call(call, arguments));
    }
  }

  /** The daemon's process id, once there is a daemon that answers. */
  long awaitDaemon() {
    return Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> call("ping", Map.of()), Optional::isPresent)
        .map(ping -> ping.path("pid").asLong())
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    for (Running running : started) {
      running.kill();
    }
    Running.start(userHome, environment(), executable(), "stop", "--force").await();
    Directories.delete(aegisHome);
    Directories.delete(userHome);
  }
}
