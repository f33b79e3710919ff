package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifecycleTests {

  private Product product;

  @BeforeEach
  void prepare() throws IOException {
    product = new Product();
  }

  @AfterEach
  void cleanUp() throws IOException {
    product.close();
  }

  @Test
  void a_daemon_starts_once_and_stops() throws Exception {
    assertThat(product.aegis("status").out()).contains("not running");
    Finished first = product.aegis("start");
    assertThat(first.exitCode()).as(first.err()).isZero();
    long pid = product.awaitDaemon();
    assertThat(product.aegis("start").out()).contains("already running, pid " + pid);
    assertThat(product.aegis("status").out()).contains("running, pid " + pid);
    assertThat(product.aegis("stop").exitCode()).isZero();
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(product.aegis("status").out()).contains("not running");
  }

  @Test
  void a_daemon_whose_home_is_gone_ends() throws Exception {
    product.aegis("start");
    ProcessHandle daemon = ProcessHandle.of(product.awaitDaemon()).orElseThrow();
    Path away = product.home().resolveSibling(product.home().getFileName() + "-away");
    Files.move(product.home(), away);
    daemon.onExit().get(30, TimeUnit.SECONDS);
    Files.move(away, product.home());
  }

  @Test
  void the_state_is_the_owners_alone() throws Exception {
    product.aegis("start");
    try (var files = Files.walk(product.home())) {
      for (Path file : files.filter(f -> !Files.isSymbolicLink(f)).toList()) {
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertThat(permissions).as(file.toString()).endsWith("------");
      }
    }
  }

  @Test
  void status_shows_the_coverage_of_each_process() throws Exception {
    Path workspace = product.workspace("project");
    Running bash = product.wrap(workspace, "bash", "-c", "echo ready; sleep 600; true");
    bash.awaitOutput("ready");
    Finished status = product.aegis("status", "--json");
    JsonNode session = new ObjectMapper().readTree(status.out()).path("sessions").path(0);
    assertThat(session.path("wrapped").asText()).isEqualTo("bash");
    assertThat(session.path("processes"))
        .anySatisfy(
            process -> {
              assertThat(process.path("program").asText()).endsWith("/bash");
              assertThat(process.path("coverage").asText()).isEqualTo("libc+raw");
              assertThat(process.path("coverage_reason").asText()).isEqualTo("dynamic");
            });
    Finished refused = product.aegis("stop");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("session");
  }

  @Test
  void a_broken_policy_denies_everything_and_says_where_it_is_broken() throws Exception {
    product.policy("[policy]\ndefault_action = \"alow\"\n");
    Path workspace = product.workspace("project");
    Files.writeString(workspace.resolve("file"), "x");
    Finished finished = product.wrap(workspace, "bash", "-c", "rm file").await();
    assertThat(finished.exitCode()).isNotZero();
    assertThat(workspace.resolve("file")).exists();
    assertThat(product.aegis("status").out()).contains("policy.toml:2", "default_action");
  }

  @Test
  void a_broken_configuration_is_refused_with_its_place() throws Exception {
    Files.writeString(product.home().resolve("config.toml"), "[approvals]\ntimeout_second = 3\n");
    Finished finished = product.wrap(product.userHome(), "true").await();
    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.err())
        .contains("config.toml:2:1", "did you mean \"approvals.timeout_seconds\"?");
  }
}
