package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class EventLoopTests {

  private static final String PARENT =
      """
      const { spawn } = require('child_process');
      let ticks = 0;
      const timer = setInterval(() => console.log('tick ' + ++ticks), 20);
      spawn('rm', ['-rf', 'victim'], { stdio: 'inherit' }).on('exit', (code) => {
        console.log('child ' + code);
        clearInterval(timer);
      });
      """;

  @Test
  void a_parent_keeps_ticking_while_its_childs_exec_is_held() throws Exception {
    Programs.require("node");
    try (Product product = new Product()) {
      Path workspace = product.workspace("project");
      Files.writeString(Files.createDirectory(workspace.resolve("victim")).resolve("f"), "x");
      // In a file: what stands in a command line is judged before node starts.
      Files.writeString(workspace.resolve("parent.js"), PARENT);
      Running node = product.wrap(workspace, "node", "parent.js");
      JsonNode question = product.awaitQuestion(node);
      long before = ticks(node);
      Awaitility.await()
          .atMost(Product.PATIENCE)
          .untilAsserted(() -> assertThat(ticks(node)).isGreaterThan(before + 20));
      assertThat(product.pending()).hasSize(1);
      product.aegis("approvals", "deny", question.path("id").asText());
      assertThat(node.await().out()).contains("child 126");
      assertThat(workspace.resolve("victim/f")).exists();
    }
  }

  private static long ticks(Running node) throws Exception {
    return node.out().lines().filter(line -> line.startsWith("tick")).count();
  }
}
