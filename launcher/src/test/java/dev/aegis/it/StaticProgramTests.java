package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs that no library reaches: what they do themselves is judged, in the loader. */
class StaticProgramTests {

  private static final String SOURCE =
      """
      #include <stdio.h>
      #include <stdlib.h>
      #include <sys/syscall.h>
      #include <unistd.h>
      int main(int argc, char **argv)
      {
          for (int i = 1; i < argc; i++)
              if (syscall(SYS_unlink, argv[i]))
                  perror(argv[i]);
          puts("ready");
          fflush(stdout);
          if (argc == 1)
              sleep(600);
          return 0;
      }
      """;

  private static Product product;
  private static Path compiled;
  private Path workspace;
  private Path program;
  private Path notes;

  @BeforeAll
  static void compile() throws Exception {
    Programs.require("cc");
    product = new Product();
    Path sources = product.workspace("sources");
    Path source = Files.writeString(sources.resolve("remover.c"), SOURCE);
    compiled = sources.resolve("remover");
    Process cc =
        new ProcessBuilder("cc", "-static", "-o", compiled.toString(), source.toString())
            .inheritIO()
            .start();
    assertThat(cc.waitFor()).isZero();
  }

  @BeforeEach
  void prepare() throws IOException {
    workspace = product.freshWorkspace();
    notes = Files.writeString(workspace.resolve("notes.txt"), "not in git");
    program =
        Files.copy(compiled, workspace.resolve("remover"), StandardCopyOption.COPY_ATTRIBUTES);
  }

  @AfterAll
  static void cleanUp() throws IOException {
    if (product != null) {
      product.close();
    }
  }

  @Test
  void what_a_static_program_deletes_by_itself_is_held() throws Exception {
    Running remover = product.wrap(workspace, program.toString(), "notes.txt");
    JsonNode question = product.awaitQuestion(remover);
    assertThat(question.path("tool").asText()).isEqualTo("delete_file");
    assertThat(question.path("path").asText()).isEqualTo(notes.toString());
    assertThat(question.path("coverage").asText()).isEqualTo("every-call");
    product.aegis("approvals", "deny", question.path("id").asText());
    Finished finished = remover.await();
    assertThat(finished.err()).contains("notes.txt: Operation not permitted");
    assertThat(notes).hasContent("not in git");
  }

  @Test
  void approved_it_deletes() throws Exception {
    Running bash = product.wrap(workspace, "bash", "-c", "./remover notes.txt; echo status $?");
    JsonNode question = product.awaitQuestion(bash);
    product.aegis("approvals", "approve", question.path("id").asText());
    Finished finished = bash.await();
    assertThat(finished.out()).isEqualTo("ready\nstatus 0\n");
    assertThat(notes).doesNotExist();
  }

  @Test
  void status_names_the_program_and_not_the_loader() throws Exception {
    Running remover = product.wrap(workspace, program.toString());
    remover.awaitOutput("ready");
    assertProcess(program.toString(), "every-call", "static");
  }

  @Test
  void at_the_level_full_dynamic_programs_run_in_the_loader_too() throws Exception {
    Running bash =
        product.wrap(
            workspace, "--supervision", "full", "bash", "-c", "echo ready; sleep 600; true");
    bash.awaitOutput("ready");
    assertProcess(Path.of("/bin/bash").toRealPath().toString(), "every-call", "dynamic");
  }

  private void assertProcess(String path, String coverage, String reason) throws Exception {
    JsonNode status = new ObjectMapper().readTree(product.aegis("status", "--json").out());
    List<JsonNode> processes = new ArrayList<>();
    status.path("sessions").forEach(one -> one.path("processes").forEach(processes::add));
    assertThat(processes)
        .anySatisfy(
            process -> {
              assertThat(process.path("program").asText()).isEqualTo(path);
              assertThat(process.path("coverage").asText()).isEqualTo(coverage);
              assertThat(process.path("coverage_reason").asText()).isEqualTo(reason);
            });
  }
}
