package dev.aegis.daemon.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.daemon.approvals.Fingerprint;
import dev.aegis.daemon.guest.Operations;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.Risk;
import dev.aegis.policy.Decision.Step;
import dev.aegis.policy.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor waits for the last file bound to start: it must be the one the kernel runs. */
class BoundFilesTests {

  private static final int HERE = (int) ProcessHandle.current().pid();

  @TempDir private Path dir;

  @Test
  void a_shell_that_would_delete_is_bound_last_and_what_deletes_before_it() throws IOException {
    Path shell = program("shell");
    Path remove = program("remove");

    List<String> bound =
        bound(
            Operations.execute(shell, dir, "shell", "-c", "cd x && remove victim"),
            step(remove.toString(), "victim"));

    assertThat(bound).containsExactly(remove.toString(), shell.toString());
  }

  @Test
  void a_program_that_is_itself_what_asks_is_bound_once() throws IOException {
    Path remove = program("remove");

    assertThat(
            bound(
                Operations.execute(remove, dir, remove.toString(), "victim"),
                step(remove.toString(), "victim")))
        .containsExactly(remove.toString());
  }

  @Test
  void of_a_script_the_interpreter_is_last() throws IOException {
    Path script = program("script");
    Path interpreter = program("interpreter");
    Path remove = program("remove");
    Execute started = Operations.execute(script, dir, script.toString());

    List<String> bound =
        bound(interpretedBy(interpreter, started), step(remove.toString(), "victim"));

    assertThat(bound).containsExactly(remove.toString(), script.toString(), interpreter.toString());
  }

  @Test
  void an_operation_on_a_file_binds_none() throws IOException {
    Operation deletion = Operations.delete(program("file"));

    assertThat(BoundFiles.of(deletion, List.of(), dir.toString(), HERE)).isEmpty();
  }

  private List<String> bound(Execute execute, Step... asking) {
    return BoundFiles.of(execute, List.of(asking), dir.toString(), HERE).stream()
        .map(Fingerprint::path)
        .toList();
  }

  private Step step(String... argv) {
    return new Step(
        String.join(" ", argv),
        Verdict.REQUIRE_APPROVAL,
        "a-rule",
        "a reason",
        Risk.NONE,
        new TreeSet<>(),
        List.of(argv),
        dir.toString());
  }

  private Path program(String name) throws IOException {
    Path file = Files.writeString(dir.toRealPath().resolve(name), name);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private static Execute interpretedBy(Path interpreter, Execute script) {
    return new Execute(
        script.path(),
        Optional.of(interpreter.toString()),
        script.argv(),
        script.cwd(),
        script.environment(),
        script.identity(),
        script.coverage(),
        script.coverageReason(),
        script.spawned());
  }
}
