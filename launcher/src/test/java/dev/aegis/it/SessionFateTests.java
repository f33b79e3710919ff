package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of what outlives the launcher, the wrapped program, or the job it began in. */
class SessionFateTests {

  private static final String PROGRAM =
      "until [ -e go ]; do sleep 0.2; done; rm -rf somedir; echo status $?";

  private Product product;
  private Path workspace;
  private Path victim;

  @BeforeEach
  void prepare() throws IOException {
    product = new Product();
    workspace = product.workspace("project");
    victim = Files.createDirectory(workspace.resolve("somedir"));
    Files.writeString(victim.resolve("one"), "1");
  }

  @AfterEach
  void cleanUp() throws IOException {
    product.close();
  }

  private void configure(String sessions) throws IOException {
    Files.writeString(product.home().resolve("config.toml"), "[sessions]\n" + sessions + "\n");
    product.home().resolve("config.toml").toFile().setReadable(false, false);
    product.home().resolve("config.toml").toFile().setReadable(true, true);
  }

  /* By standard input: what stands on the command line would be asked about before anything starts. */
  private Running script(String text) throws IOException {
    return product.wrap(workspace, "bash").input(text + "\n");
  }

  private static long pidIn(Running running) throws IOException {
    running.awaitOutput(" is ready\n");
    return Long.parseLong(running.out().substring(0, running.out().indexOf(' ')));
  }

  private static void awaitGone(long pid) {
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  private static void kill(long pid, String signal) throws IOException {
    Finished kill =
        Running.start(
                Path.of("/"), java.util.Map.of(), Path.of("/bin/kill"), signal, "--", "" + pid)
            .await();
    assertThat(kill.exitCode()).as(kill.err()).isZero();
  }

  private void denyTheOnlyQuestion() throws Exception {
    Awaitility.await().atMost(Product.PATIENCE).until(() -> product.pending().size() == 1);
    JsonNode question = product.pending().get(0);
    assertThat(product.aegis("approvals", "deny", question.path("id").asText()).exitCode())
        .isZero();
  }

  @Test
  void by_default_the_session_ends_with_a_launcher_that_was_killed() throws Exception {
    Running bash = script("echo $$ is ready; " + PROGRAM);
    long program = pidIn(bash);
    kill(bash.pid(), "-KILL");
    awaitGone(program);
    assertThat(victim.resolve("one")).exists();
  }

  @Test
  void a_session_that_is_to_be_kept_goes_on_supervised() throws Exception {
    configure("on_launcher_death = \"keep\"");
    Running bash = script("echo $$ is ready; " + PROGRAM);
    long program = pidIn(bash);
    kill(bash.pid(), "-KILL");
    awaitGone(bash.pid());
    assertThat(ProcessHandle.of(program)).isPresent();
    Files.writeString(workspace.resolve("go"), "");
    denyTheOnlyQuestion();
    Awaitility.await().atMost(Product.PATIENCE).until(() -> bash.out().contains("status 126"));
    awaitGone(program);
    assertThat(victim.resolve("one")).exists();
  }

  @Test
  void what_is_left_over_is_kept_by_default_and_stays_supervised() throws Exception {
    Running bash = script("(%s) & echo $! is ready".formatted(PROGRAM));
    long leftover = pidIn(bash);
    assertThat(bash.await().exitCode()).isZero();
    assertThat(ProcessHandle.of(leftover)).isPresent();
    Files.writeString(workspace.resolve("go"), "");
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(() -> !product.pending().isEmpty() || bash.out().contains("status"));
    if (!product.pending().isEmpty()) {
      denyTheOnlyQuestion();
    }
    Awaitility.await().atMost(Product.PATIENCE).until(() -> bash.out().contains("status 126"));
    assertThat(victim.resolve("one")).exists();
  }

  @Test
  void what_is_left_over_is_ended_when_asked() throws Exception {
    configure("leftovers = \"end\"");
    Running bash = script("trap '' HUP; (%s) & echo $! is ready; exit 5".formatted(PROGRAM));
    long leftover = pidIn(bash);
    assertThat(bash.await().exitCode()).isEqualTo(5);
    awaitGone(leftover);
  }

  @Test
  void a_word_that_is_neither_is_refused() throws Exception {
    configure("leftovers = \"stay\"");
    Finished finished = product.wrap(workspace, "true").await();
    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.err()).contains("config.toml:2", "\"keep\"", "\"end\"");
  }

  @Test
  void a_daemon_survives_the_key_that_ends_the_job_it_was_started_in() throws Exception {
    Programs.require("setsid");
    Running wrap =
        Running.start(
            workspace,
            product.environment(),
            Path.of("/usr/bin/setsid"),
            Product.executable().toString(),
            "wrap",
            "sleep",
            "1000");
    try {
      // As soon as there is a JVM that will be the daemon, long before it answers.
      Awaitility.await()
          .atMost(Product.PATIENCE)
          .pollInterval(java.time.Duration.ofMillis(5))
          .until(() -> starting().isPresent());
      long daemon = starting().orElseThrow();
      kill(-wrap.pid(), "-INT");
      assertThat(product.awaitDaemon()).isEqualTo(daemon);
    } finally {
      wrap.kill();
    }
  }

  private Optional<Long> starting() {
    return ProcessHandle.allProcesses()
        .filter(process -> isOurDaemon(process.pid()))
        .map(ProcessHandle::pid)
        .findAny();
  }

  private boolean isOurDaemon(long pid) {
    try {
      String line = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
      return line.contains("DaemonMain\0--home\0" + product.home()) && line.contains("/java\0-");
    } catch (IOException e) {
      // It ended while we looked.
      return false;
    }
  }
}
