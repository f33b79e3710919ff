package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrapped program that does nothing dangerous behaves as it does unwrapped. */
class TransparencyTests {

  private static Product product;
  private static Path workspace;

  @BeforeAll
  static void prepare() throws IOException {
    product = new Product();
    workspace = product.workspace("project");
    Files.writeString(workspace.resolve("lines"), "b\na\n");
  }

  @AfterAll
  static void cleanUp() throws IOException {
    product.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit 7",
        "kill -TERM $$",
        "kill -KILL $$",
        "true",
        "no-such-program",
        "cat no-such-file",
        "sort lines | tr a-z A-Z; echo out; echo err >&2",
        "for i in 1 2 3; do echo $i; done > counted; cat counted; stat -c %a counted; rm counted",
        "printf '\\0\\377binary'",
        "ulimit -n; umask; pwd; echo $0 $PPID | wc -w",
        "test -t 0; echo $?; test -t 1; echo $?",
        "mkdir d && cp lines d/ && mv d/lines d/moved && ls -A d && rm d/moved && rmdir d",
        "ls nowhere/; mkdir lines; rmdir lines; cd lines",
        "env | grep -c -E '^(LD_PRELOAD|AEGIS_HOME|AEGIS_DAEMON_PORT)=.*telegram' "
      })
  void outputs_and_exit_status_are_the_same(String line) throws Exception {
    Finished plain = product.unwrapped(workspace, "bash", "-c", line);
    Finished wrapped = product.wrap(workspace, "bash", "-c", line).await();
    assertThat(wrapped.out()).isEqualTo(plain.out());
    assertThat(wrapped.err()).isEqualTo(plain.err());
    assertThat(wrapped.exitCode()).isEqualTo(plain.exitCode());
  }

  @Test
  void standard_input_reaches_the_program() throws Exception {
    Running cat = product.wrap(workspace, "cat");
    assertThat(cat.input("one\ntwo\n").await().out()).isEqualTo("one\ntwo\n");
  }

  @Test
  void arguments_arrive_as_they_were_written() throws Exception {
    Finished finished =
        product.wrap(workspace, "printf", "--", "[%s]", "", "a b", "\"q\"", "$HOME", "ü").await();
    assertThat(finished.out()).isEqualTo("[][a b][\"q\"][$HOME][ü]");
  }

  @Test
  void a_program_that_does_not_exist_is_a_missing_dependency() throws Exception {
    Finished finished = product.wrap(workspace, "no-such-program").await();
    assertThat(finished.exitCode()).isEqualTo(7);
    assertThat(finished.err()).contains("no-such-program");
  }
}
