package dev.aegis.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.AegisHome;
import dev.aegis.config.LockOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonStarterTests {

  private static final List<String> ANY_PORT = List.of("--port", "0");

  @TempDir private Path directory;
  private AegisHome home;
  private DaemonStarter starter;

  @BeforeEach
  void ownHome() {
    home = new AegisHome(directory.resolve("h"), directory);
    starter =
        new DaemonStarter(
            home,
            Map.of(
                "HOME", directory.toString(),
                "PATH", "/usr/bin:/bin",
                "JAVA_TOOL_OPTIONS", "-Dnobody.wants=this",
                "LD_PRELOAD", "/nonexistent/evil.so"));
  }

  @AfterEach
  void stop() throws Exception {
    LockOwner owner = LockOwner.read(home).filter(LockOwner::isAlive).orElse(null);
    if (owner != null) {
      ProcessHandle daemon = ProcessHandle.of(owner.pid()).orElseThrow();
      daemon.destroy();
      daemon.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_started_daemon_answers_and_stops_on_request() throws Exception {
    assertThat(starter.connectIfRunning()).isEmpty();
    LockOwner owner;
    try (ControlClient client = starter.connectOrStart(ANY_PORT)) {
      owner = LockOwner.read(home).orElseThrow();
      JsonNode ping = client.call("ping");
      assertThat(ping.path("pid").asLong()).isEqualTo(owner.pid());
      assertThat(client.call("status").path("home").asText())
          .isEqualTo(home.root().toRealPath().toString());

      CompletableFuture<ProcessHandle> end = ProcessHandle.of(owner.pid()).orElseThrow().onExit();
      client.call("stop");
      end.get(30, TimeUnit.SECONDS);
    }
    assertThat(home.lockOwner()).doesNotExist();
    assertThat(owner.run().controlSocket()).doesNotExist();
    assertThat(starter.connectIfRunning()).isEmpty();
  }

  @Test
  void starters_that_race_find_one_daemon() {
    Set<Long> pids = ConcurrentHashMap.newKeySet();
    CompletableFuture.allOf(
            IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> pids.add(pidOfDaemon())))
                .toArray(CompletableFuture[]::new))
        .join();

    assertThat(pids).hasSize(1);
  }

  @Test
  void a_second_daemon_yields_to_the_one_that_holds_the_lock() throws Exception {
    long pid = pidOfDaemon();

    new DaemonLaunch(home.create(), Map.of("HOME", directory.toString())).start(ANY_PORT);

    assertThat(pidOfDaemon()).isEqualTo(pid);
  }

  @Test
  void a_killed_daemon_leaves_nothing_that_stops_the_next_one() throws Exception {
    ProcessHandle first = ProcessHandle.of(pidOfDaemon()).orElseThrow();
    first.destroyForcibly();
    first.onExit().get(30, TimeUnit.SECONDS);

    assertThat(LockOwner.read(home)).isPresent();
    assertThat(pidOfDaemon()).isNotEqualTo(first.pid());
    try (ControlClient client = starter.connectOrStart(ANY_PORT)) {
      JsonNode audit = client.call("audit.verify");
      assertThat(audit.path("broken").isNull()).isTrue();
      assertThat(audit.path("gaps").asInt()).isEqualTo(1);
    }
  }

  @Test
  void the_daemon_runs_scrubbed_alone_and_out_of_the_reach_of_others() throws Exception {
    long pid = pidOfDaemon();

    String environment = Files.readString(Path.of("/proc/" + pid + "/environ"));
    assertThat(environment).doesNotContain("JAVA_TOOL_OPTIONS").doesNotContain("LD_PRELOAD");
    String[] stat = Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ", -1);
    assertThat(stat[5]).as("session").isEqualTo(Long.toString(pid));
    assertThat(Files.readString(Path.of("/proc/" + pid + "/cmdline")))
        .contains("-XX:+DisableAttachMechanism");
    for (String file : List.of("aegis.db", "audit.key", "lock", "lock.owner", "logs/aegis.log")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(home.root().resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_daemon_that_cannot_start_says_why_with_its_code() throws Exception {
    Files.writeString(home.create().configFile(), "[daemon]\nprot = 1\n");
    assertThatThrownBy(() -> starter.connectOrStart())
        .isInstanceOf(ControlException.class)
        .hasMessageContaining("config.toml:2:1: unknown key \"daemon.prot\": did you mean")
        .extracting(e -> ((ControlException) e).exitCode())
        .isEqualTo(2);

    Files.delete(home.configFile());
    Files.writeString(home.database(), "this is no database".repeat(500));
    assertThatThrownBy(() -> starter.connectOrStart(ANY_PORT))
        .isInstanceOf(ControlException.class)
        .hasMessageContaining("corrupt")
        .extracting(e -> ((ControlException) e).exitCode())
        .isEqualTo(8);
  }

  private long pidOfDaemon() {
    try (ControlClient client = starter.connectOrStart(ANY_PORT)) {
      return client.call("ping").path("pid").asLong();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
