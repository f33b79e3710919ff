package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was judged is what is done, though somebody exchanges it in between. */
class ExchangeTests {

  private static final String POLICY =
      SamplePolicy.holding("^./held")
          + """

      [[policy.rules]]
      name = "protected"
      match = { tool = "delete_file", path_pattern = "/protected/" }
      action = "deny"
      """;

  private static Product product;
  private static Path workspace;

  @BeforeAll
  static void prepare() throws IOException {
    product = new Product().policy(POLICY);
    workspace = product.workspace("project");
  }

  @AfterAll
  static void cleanUp() throws IOException {
    product.close();
  }

  private static Path executable(String name, String content) throws IOException {
    Path file = Files.writeString(workspace.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Finished approve(JsonNode question) throws IOException {
    return product.aegis("approvals", "approve", question.path("id").asText());
  }

  private static void assertVoid(Running running, JsonNode question) throws Exception {
    Finished approve = approve(question);
    assertThat(approve.exitCode()).isEqualTo(1);
    assertThat(approve.err()).contains("is void: what it was about has changed");
    assertThat(running.out()).doesNotContain("harmful");
  }

  @Test
  void a_script_rewritten_while_it_is_held_does_not_run() throws Exception {
    executable("held.sh", "#!/bin/sh\necho harmless\n");
    Running bash = product.wrap(workspace, "bash", "-c", "./held.sh; echo status $?");
    JsonNode question = product.awaitQuestion(bash);
    executable("held.sh", "#!/bin/sh\necho harmful\n");
    assertVoid(bash, question);
  }

  @Test
  void a_script_rewritten_after_its_approval_is_asked_about_again() throws Exception {
    executable("held-late.sh", "#!/bin/sh\necho harmless\n");
    Running bash =
        product.wrap(
            workspace,
            "bash",
            "-c",
            "until [ -e go ]; do sleep 0.1; done; ./held-late.sh; echo status $?");
    JsonNode first = product.awaitQuestion(bash);
    assertThat(approve(first).exitCode()).isZero();
    product.awaitState(first.path("id").asLong(), "approved");
    executable("held-late.sh", "#!/bin/sh\necho harmful\n");
    Files.createFile(workspace.resolve("go"));
    JsonNode second = product.awaitQuestion(bash);
    assertThat(second.path("id").asLong()).isNotEqualTo(first.path("id").asLong());
    assertThat(product.aegis("approvals", "deny", second.path("id").asText()).exitCode()).isZero();
    assertThat(bash.await().out()).isEqualTo("status 126\n");
  }

  @Test
  void a_script_that_stays_as_it_was_does_run() throws Exception {
    executable("held-same.sh", "#!/bin/sh\necho harmless\n");
    Running bash = product.wrap(workspace, "bash", "-c", "./held-same.sh; echo status $?");
    Finished approve = approve(product.awaitQuestion(bash));
    assertThat(approve.exitCode()).as(approve.err()).isZero();
    Finished finished = bash.await();
    assertThat(finished.out()).contains("harmless", "status 0");
  }

  @Test
  void a_program_exchanged_while_it_is_held_does_not_run() throws Exception {
    Programs.require("true", "echo");
    Files.copy(Path.of("/usr/bin/true"), workspace.resolve("held"));
    Running bash = product.wrap(workspace, "bash", "-c", "./held harmful; echo status $?");
    JsonNode question = product.awaitQuestion(bash);
    Path other = Files.copy(Path.of("/usr/bin/echo"), workspace.resolve("other"));
    Files.move(
        other,
        workspace.resolve("held"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    assertVoid(bash, question);
  }

  @Test
  void a_link_exchanged_all_the_time_never_leads_to_what_is_protected() throws Exception {
    Programs.require("python3");
    Path race = AttackScript.helper(workspace, "race.py");
    Files.createDirectory(workspace.resolve("open"));
    Path file = Files.createDirectory(workspace.resolve("protected")).resolve("file");
    Files.writeString(file, "x");

    Finished wrapped = product.wrap(workspace, "python3", race.toString(), "3").await();
    assertThat(wrapped.out()).as(wrapped.err()).contains("removed=True refused=True");
    assertThat(file).exists();

    Finished plain = product.unwrapped(workspace, "python3", race.toString(), "1");
    assertThat(plain.exitCode()).as(plain.err()).isZero();
    assertThat(file).doesNotExist();
  }
}
