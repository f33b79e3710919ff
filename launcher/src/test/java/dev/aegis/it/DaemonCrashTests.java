package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DaemonCrashTests {

  private static final int FILES = 8_000;
  private static final String TWO_DELETIONS =
      """
      import os, subprocess, time
      one = subprocess.run(["rm", "-rf", "one"]).returncode
      open("deleted-one", "w").close()
      while not os.path.exists("go"):
          time.sleep(0.05)
      print(one, subprocess.run(["rm", "-rf", "two"]).returncode)
      """;
  private static final String NOTHING_FORBIDDEN =
      """
      [policy]
      default_action = "allow"

      [[policy.rules]]
      name = "nothing-forbidden"
      match = { tool = "write_file", path_pattern = "/forbidden/" }
      action = "deny"
      priority = 1
      """;

  @Test
  void a_killed_daemon_comes_back_and_the_same_question_can_be_answered() throws Exception {
    try (Product product = new Product()) {
      Path workspace = product.workspace("project");
      Path victim = Files.createDirectory(workspace.resolve("victim"));
      Files.writeString(victim.resolve("f"), "x");
      Running rm = product.wrap(workspace, "rm", "-rf", "victim");
      long id = product.awaitQuestion(rm).path("id").asLong();
      long killed = killDaemon(product);
      assertThat(rm.isAlive()).isTrue();
      assertThat(victim.resolve("f")).exists();

      awaitAnotherDaemon(product, killed);
      JsonNode again = product.awaitQuestion(rm);
      assertThat(again.path("id").asLong()).isEqualTo(id);
      assertThat(rm.isAlive()).isTrue();

      Finished approve = product.aegis("approvals", "approve", Long.toString(id));
      assertThat(approve.exitCode()).as(approve.err()).isZero();
      Finished finished = rm.await();
      assertThat(finished.exitCode()).as(finished.err()).isZero();
      assertThat(victim).doesNotExist();
      Finished audit = product.aegis("audit", "verify");
      assertThat(audit.exitCode()).as(audit.err()).isZero();
    }
  }

  @Test
  void an_approved_deletion_goes_on_when_the_daemon_is_killed_in_its_middle() throws Exception {
    try (Product product = new Product()) {
      Path workspace = product.workspace("project");
      Path tree = Files.createDirectory(workspace.resolve("tree"));
      for (int i = 0; i < FILES; i++) {
        Files.createFile(tree.resolve("f" + i));
      }
      Running bash = product.wrap(workspace, "bash", "-c", "rm -rf tree; echo status $?");
      String id = product.awaitQuestion(bash).path("id").asText();
      assertThat(product.aegis("approvals", "approve", id).exitCode()).isZero();
      Awaitility.await()
          .atMost(Product.PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> remaining(tree) < FILES);
      killDaemon(product);
      assertThat(remaining(tree)).as("files when the daemon was killed").isPositive();

      Finished finished = bash.await();
      assertThat(finished.out()).as(finished.err()).contains("status 0");
      assertThat(tree).doesNotExist();
      JsonNode all = product.call("approvals.list", Map.of("all", true)).orElseThrow();
      assertThat(all).as("questions").hasSize(1);
      assertThat(all.get(0).path("state").asText()).isEqualTo("approved");
    }
  }

  @Test
  void an_answer_for_the_session_still_holds_after_the_daemon_was_killed() throws Exception {
    try (Product product = new Product()) {
      Path workspace = product.workspace("project");
      for (String name : List.of("one", "two")) {
        Files.createFile(Files.createDirectory(workspace.resolve(name)).resolve("f"));
      }
      // In a file: what stands in a command line is judged before python starts.
      Files.writeString(workspace.resolve("two.py"), TWO_DELETIONS);
      Running python = product.wrap(workspace, "python3", "two.py");
      String id = product.awaitQuestion(python).path("id").asText();
      Finished approve = product.aegis("approvals", "approve", id, "--scope", "session");
      assertThat(approve.exitCode()).as(approve.err()).isZero();
      Awaitility.await()
          .atMost(Product.PATIENCE)
          .until(() -> Files.exists(workspace.resolve("deleted-one")));

      awaitAnotherDaemon(product, killDaemon(product));
      Files.createFile(workspace.resolve("go"));
      Finished finished = python.await();
      assertThat(finished.out()).as(finished.err()).contains("0 0");
      assertThat(workspace.resolve("two")).doesNotExist();
      assertThat(product.call("approvals.list", Map.of("all", true)).orElseThrow()).hasSize(1);
    }
  }

  @Test
  void killed_in_mid_load_it_loses_no_denial_and_shows_what_it_lost() throws Exception {
    try (Product product = new Product().policy(NOTHING_FORBIDDEN)) {
      Path workspace = product.workspace("project");
      Files.createDirectory(workspace.resolve("forbidden"));
      Files.createDirectory(workspace.resolve("free"));
      Running bash =
          product.wrap(
              workspace,
              "bash",
              "-c",
              "for i in $(seq 400); do touch free/$i forbidden/$i 2>>said; done; echo finished");
      for (int enough : new int[] {50, 200}) {
        Awaitility.await()
            .atMost(Product.PATIENCE)
            .until(() -> Files.exists(workspace.resolve("free/" + enough)));
        awaitAnotherDaemon(product, killDaemon(product));
      }
      Finished finished = bash.await();
      assertThat(finished.out()).as(finished.err()).contains("finished");

      Set<String> refused = new TreeSet<>();
      Matcher line =
          Pattern.compile("aegis: denied write_file (\\S+/forbidden/\\d+): rule nothing-forbidden")
              .matcher(Files.readString(workspace.resolve("said")));
      while (line.find()) {
        refused.add(line.group(1));
      }
      assertThat(refused).as("denials that a process was told of").hasSizeGreaterThan(300);
      assertThat(AuditRows.of(product.home(), "operation.denied"))
          .extracting(row -> row.at("/detail/path").asText())
          .containsAll(refused);
      assertThat(AuditRows.of(product.home(), "records.lost")).as("gaps").isNotEmpty();
      Finished audit = product.aegis("audit", "verify");
      assertThat(audit.exitCode()).as(audit.err()).isZero();
    }
  }

  private static long remaining(Path tree) throws IOException {
    try (Stream<Path> files = Files.list(tree)) {
      return files.count();
    }
  }

  private static long killDaemon(Product product) throws Exception {
    long pid = product.awaitDaemon();
    ProcessHandle daemon = ProcessHandle.of(pid).orElseThrow();
    daemon.destroyForcibly();
    daemon.onExit().get(Product.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return pid;
  }

  private static void awaitAnotherDaemon(Product product, long killed) {
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(product.awaitDaemon()).isNotEqualTo(killed));
  }
}
