package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that only a running session can show to hold: rates, projects, variables, edits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyTests {

  private static final String POLICY =
      """
      [[policy.rules]]
      name = "few-deletions"
      match = { tool = "delete_file", path_glob = "${workspace}/counted/**", rate = { more_than = 3, seconds = 600 } }
      action = "deny"
      priority = 10
      reason = "more than three deletions"

      [[policy.rules]]
      name = "no-injection"
      match = { category = "environment.inject" }
      action = "deny"
      priority = 10
      reason = "makes programs run something else"

      [[policy.rules]]
      name = "ask-marked"
      match = { tool = "write_file", path_glob = "${workspace}/marked" }
      action = "require_approval"
      priority = 10
      """;

  private Product product;

  @BeforeAll
  void start() throws IOException {
    product = new Product().policy(POLICY);
  }

  @AfterAll
  void stop() throws IOException {
    product.close();
  }

  private Finished script(Path workspace, String text) throws IOException {
    Path script = Files.writeString(workspace.resolve("script.sh"), text);
    return product.wrap(workspace, "--timeout", "1", "sh", script.toString()).await();
  }

  @Test
  void more_than_so_many_deletions_in_so_many_seconds_are_denied_one_by_one() throws Exception {
    Path workspace = product.workspace("rates");
    Finished finished =
        script(
            workspace,
            """
            mkdir counted
            for i in 1 2 3 4 5; do : > counted/$i; done
            for i in 1 2 3 4 5; do rm counted/$i || echo "kept $i"; done
            """);
    assertThat(finished.out()).isEqualTo("kept 4\nkept 5\n");
    assertThat(finished.err()).contains("few-deletions", "more than three deletions");
    assertThat(workspace.resolve("counted")).isDirectoryNotContaining("glob:**/[123]");
    assertThat(workspace.resolve("counted/4")).exists();
  }

  @Test
  void a_project_tightens_until_it_is_trusted() throws Exception {
    Path workspace = product.workspace("project");
    Files.createDirectories(workspace.resolve(".aegis"));
    Files.writeString(
        workspace.resolve(".aegis/policy.toml"),
        """
        [[policy.rules]]
        name = "frozen"
        match = { tool = "write_file", path_glob = "${workspace}/frozen" }
        action = "deny"
        priority = 1

        [[policy.rules]]
        name = "marks-are-fine"
        match = { tool = "write_file", path_glob = "${workspace}/marked" }
        action = "allow"
        priority = 1
        """);
    String work = "echo x > frozen || echo no frozen; echo x > marked || echo no marked; exit 0\n";
    assertThat(script(workspace, work).out()).isEqualTo("no frozen\nno marked\n");

    Finished trust = product.aegis("policy", "trust", workspace.toString());
    assertThat(trust.exitCode()).as(trust.err()).isZero();
    assertThat(script(workspace, work).out()).isEqualTo("no frozen\n");
    assertThat(workspace.resolve("marked")).hasContent("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LD_PRELOAD=$PWD/evil.so /usr/bin/true",
        "BASH_ENV=$PWD/evil.sh bash -c :",
        "GIT_SSH_COMMAND=$PWD/evil.sh git ls-remote ssh://192.0.2.1/x",
        "NODE_OPTIONS=--require=/tmp/evil.js /usr/bin/true",
        "env LD_PRELOAD=$PWD/evil.so sh -c /usr/bin/true",
      })
  void variables_that_make_a_child_run_something_else_are_judged(String line) throws Exception {
    Path workspace = product.workspace("variables");
    Files.writeString(workspace.resolve("evil.sh"), "#!/bin/sh\n: > pwned\n")
        .toFile()
        .setExecutable(true);
    Finished finished = script(workspace, line + "\necho status $?\n");
    assertThat(finished.out()).isEqualTo("status 126\n");
    assertThat(finished.err()).contains("no-injection");
    assertThat(workspace.resolve("pwned")).doesNotExist();
  }

  @Test
  void a_broken_edit_is_said_on_every_question_in_the_status_and_in_the_audit_log()
      throws Exception {
    Path workspace = product.workspace("edits");
    Path file = product.home().resolve("policy.toml");
    Path script =
        Files.writeString(
            workspace.resolve("script.sh"),
            "echo ready; until [ -e go ]; do sleep 0.1; done; echo x > marked; echo status $?\n");
    Running session = product.wrap(workspace, "sh", script.toString());
    session.awaitOutput("ready");
    try {
      Files.writeString(file, POLICY + "\n[policy]\ndefault_action = \"alow\"\n");
      awaitRow("policy.rejected");
      assertThat(product.aegis("status").out()).contains("policy.toml:", "the last good policy");

      Files.createFile(workspace.resolve("go"));
      JsonNode question = product.awaitQuestion(session);
      assertThat(question.path("rule").asText()).as("the last good one").isEqualTo("ask-marked");
      JsonNode shown =
          product.call("approvals.show", Map.of("id", question.path("id").asLong())).orElseThrow();
      assertThat(shown.path("warnings").path(0).asText())
          .startsWith("the policy is broken: " + file + ":");
      assertThat(product.aegis("approvals", "show", question.path("id").asText()).out())
          .contains("warning", "the policy is broken: ");
      product.aegis("approvals", "approve", question.path("id").asText());
      assertThat(session.await().out()).endsWith("status 0\n");
    } finally {
      Files.writeString(file, POLICY);
    }
    awaitRow("policy.reloaded");
    assertThat(product.aegis("status").out()).doesNotContain("the last good policy");
  }

  private void awaitRow(String kind) {
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(() -> AuditRows.of(product.home(), kind), rows -> rows.size() == 1);
  }
}
