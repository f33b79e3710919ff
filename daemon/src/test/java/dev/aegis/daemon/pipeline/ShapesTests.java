package dev.aegis.daemon.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShapesTests {

  private static final FileIdentity PROGRAM =
      new FileIdentity(1, 2, 3, Instant.EPOCH, Instant.EPOCH, 0100755, 1, 0, 0);

  private static List<String> run(String program, String... argv) {
    return Shapes.shape(
        new Operation.Execute(
            program,
            Optional.empty(),
            List.of(argv),
            "/w",
            List.of(),
            PROGRAM,
            Coverage.LIBC,
            0,
            false),
        "/bin/bash");
  }

  private static List<String> file(OperationKind kind, String path) {
    return Shapes.shape(
        new Operation.FileAccess(
            kind,
            "call",
            path,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            0),
        "/bin/bash");
  }

  @Test
  void operands_under_the_same_directory_are_alike() {
    assertThat(run("/bin/rm", "rm", "-rf", "a")).isEqualTo(run("/bin/rm", "rm", "-rf", "b", "c"));
    assertThat(run("/bin/rm", "rm", "-rf", "a")).isEqualTo(run("/bin/rm", "rm", "-rf", "/w/b"));
    assertThat(file(OperationKind.DELETE_FILE, "/w/d/a"))
        .isEqualTo(file(OperationKind.DELETE_FILE, "/w/d/b"));
  }

  @Test
  void nothing_else_is() {
    List<String> shape = run("/bin/rm", "rm", "-rf", "a");
    assertThat(shape)
        .isNotEqualTo(run("/bin/rm", "rm", "-rf", "d/a"))
        .isNotEqualTo(run("/bin/rm", "rm", "-rf", ".."))
        .isNotEqualTo(run("/bin/rm", "rm", "-rf", "."))
        .isNotEqualTo(run("/bin/rm", "rm", "-rf", "x/../../b"))
        .isNotEqualTo(run("/bin/rm", "rm", "-r", "a"))
        .isNotEqualTo(run("/bin/rm", "rm", "-rf", "--no-preserve-root", "a"))
        .isNotEqualTo(run("/opt/rm", "rm", "-rf", "a"));
    assertThat(file(OperationKind.READ_FILE, "/w/.ssh/a"))
        .as("each secret is a question of its own")
        .isNotEqualTo(file(OperationKind.READ_FILE, "/w/.ssh/b"));
  }

  @Test
  void where_a_word_may_be_a_subcommand_every_word_counts() {
    assertThat(run("/bin/git", "git", "push", "--force"))
        .isNotEqualTo(run("/bin/git", "git", "reset", "--force"))
        .isNotEqualTo(run("/bin/git", "git", "push", "--force", "origin"));
    assertThat(run("/bin/npm", "npm", "install", "a"))
        .isNotEqualTo(run("/bin/npm", "npm", "install", "b"));
  }

  @Test
  void words_cannot_be_pushed_together() {
    assertThat(Hashes.of("a", "bc")).isNotEqualTo(Hashes.of("ab", "c"));
    assertThat(Hashes.of("a")).isNotEqualTo(Hashes.of("a", ""));
  }
}
