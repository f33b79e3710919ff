package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldDeletionTests {

  /** Lets a program reach for the answer, so that what refuses it is built in. */
  private static final String LET_IT_TRY =
      """
      [[policy.rules]]
      name = "let-it-try"
      match = { category = "supervision.guards" }
      action = "allow"
      priority = 1
      """;

  private static Product product;
  private Path workspace;
  private Path victim;

  @BeforeAll
  static void start() throws IOException {
    product = new Product().policy(LET_IT_TRY);
  }

  @BeforeEach
  void prepare() throws IOException {
    workspace = product.freshWorkspace();
    victim = Files.createDirectories(workspace.resolve("somedir/inner")).getParent();
    Files.writeString(victim.resolve("a.txt"), "twelve bytes");
    Files.writeString(victim.resolve("inner/b.txt"), "b");
  }

  @AfterAll
  static void cleanUp() throws IOException {
    product.close();
  }

  @Test
  void denied_it_leaves_every_file_and_the_caller_reads_why() throws Exception {
    Running bash = product.wrap(workspace, "bash").input("rm -rf somedir\necho status $?\n");
    JsonNode question = product.awaitQuestion(bash);
    assertThat(question.path("command").asText()).contains("rm -rf somedir");
    assertThat(question.path("blast_radius").asText()).contains("2 files");
    assertThat(bash.isAlive()).isTrue();

    Finished deny =
        product.aegis(
            "approvals", "deny", question.path("id").asText(), "--reason", "not this directory");
    assertThat(deny.exitCode()).as(deny.err()).isZero();

    Finished finished = bash.await();
    assertThat(finished.out()).contains("status 126");
    assertThat(finished.err()).contains("aegis: denied", "not this directory");
    assertThat(victim.resolve("a.txt")).hasContent("twelve bytes");
    assertThat(victim.resolve("inner/b.txt")).hasContent("b");
  }

  @Test
  void approved_it_deletes_and_asks_no_second_time() throws Exception {
    Running rm = product.wrap(workspace, "rm", "-rf", "somedir");
    JsonNode question = product.awaitQuestion(rm);
    Finished approve = product.aegis("approvals", "approve", question.path("id").asText());
    assertThat(approve.exitCode()).as(approve.err()).isZero();

    Finished finished = rm.await();
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    assertThat(victim).doesNotExist();
    assertThat(product.pending()).isEmpty();
    assertThat(product.approval(question.path("id").asLong()).path("released_at").asText())
        .isNotEmpty();
  }

  @Test
  void a_compound_command_is_one_question_about_all_its_steps() throws Exception {
    Running bash =
        product.wrap(workspace, "bash", "-c", "echo first; rm -rf somedir; echo status $?");
    JsonNode question = product.awaitQuestion(bash);
    assertThat(question.path("command").asText()).contains("rm -rf somedir", "echo first");
    assertThat(question.path("blast_radius").asText()).contains("2 files");
    assertThat(bash.out()).isEmpty();
    product.aegis("approvals", "approve", question.path("id").asText());
    Finished finished = bash.await();
    assertThat(finished.out()).isEqualTo("first\nstatus 0\n");
    assertThat(victim).doesNotExist();
    assertThat(product.aegis("approvals", "list", "--all").out().lines())
        .filteredOn(line -> line.contains("echo first"))
        .hasSize(1);
  }

  @Test
  void unanswered_it_is_denied_and_says_so() throws Exception {
    Running bash =
        product.wrap(workspace, "--timeout", "1", "bash").input("rm -rf somedir\necho status $?\n");
    Finished finished = bash.await();
    assertThat(finished.out()).contains("status 126");
    assertThat(finished.err()).containsPattern("aegis: denied.*(nobody answered|expired|time)");
    assertThat(victim.resolve("a.txt")).exists();
    Finished history = product.aegis("approvals", "history", "--json");
    assertThat(history.out()).containsPattern("\"state\" : \"expired\"");
  }

  @Test
  void a_dry_run_denies_and_lists_it() throws Exception {
    Finished finished =
        product
            .wrap(workspace, "--dry-run", "bash")
            .input("echo allowed\nrm -rf somedir\n")
            .await();
    assertThat(finished.out()).contains("allowed");
    assertThat(finished.err()).contains("rm -rf somedir");
    assertThat(victim.resolve("a.txt")).exists();
    assertThat(product.pending()).isEmpty();
  }

  @Test
  void a_program_cannot_approve_itself() throws Exception {
    Running bash =
        product
            .wrap(workspace, "bash")
            .input(
                """
                rm -rf somedir & held=$!
                until [ -s asked ]; do sleep 0.1; done
                %1$s approvals approve $(cat asked); echo approve $?
                env -u AEGIS_SESSION %1$s approvals approve $(cat asked); echo again $?
                wait $held; echo status $?
                """
                    .formatted(Product.executable()));
    JsonNode question = product.awaitQuestion(bash);
    Files.writeString(workspace.resolve("asked"), question.path("id").asText());
    bash.awaitOutput("again");
    assertThat(bash.out()).contains("approve 6").doesNotContain("again 0");
    assertThat(product.pending()).hasSize(1);
    product.aegis("approvals", "deny", question.path("id").asText());
    assertThat(bash.await().out()).contains("status 126");
    assertThat(victim.resolve("a.txt")).exists();
  }
}
