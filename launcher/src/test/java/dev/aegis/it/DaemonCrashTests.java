package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DaemonCrashTests {

  @Test
  void a_killed_daemon_comes_back_and_the_same_question_can_be_answered() throws Exception {
    try (Product product = new Product()) {
      Path workspace = product.workspace("project");
      Path victim = Files.createDirectory(workspace.resolve("victim"));
      Files.writeString(victim.resolve("f"), "x");
      Running rm = product.wrap(workspace, "rm", "-rf", "victim");
      long id = product.awaitQuestion(rm).path("id").asLong();
      long killed = product.awaitDaemon();

      ProcessHandle daemon = ProcessHandle.of(killed).orElseThrow();
      daemon.destroyForcibly();
      daemon.onExit().get(Product.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(rm.isAlive()).isTrue();
      assertThat(victim.resolve("f")).exists();

      Awaitility.await()
          .atMost(Product.PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(product.awaitDaemon()).isNotEqualTo(killed));
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
}
