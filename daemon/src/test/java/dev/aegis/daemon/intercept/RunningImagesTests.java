package dev.aegis.daemon.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.daemon.kernel.ProcessFacts;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a process runs, seen while it may end at any moment. */
class RunningImagesTests {

  private static final int PROCESSES = 300;

  /* As its loader, what the process runs: then the longest way is taken to look at it. */
  private final RunningImages images =
      new RunningImages(ProcessFacts.executableIdentity(own()).map(FileKey::of));

  private static int own() {
    return Math.toIntExact(ProcessHandle.current().pid());
  }

  @Test
  void a_process_that_lives_runs_its_program() {
    assertThat(images.of(own()))
        .hasValueSatisfying(image -> assertThat(image.program()).endsWith("/java"));
  }

  @Test
  void a_process_that_ends_while_it_is_looked_at_runs_nothing_rather_than_something_unknown()
      throws Exception {
    RunningImages loading =
        new RunningImages(
            Optional.of(FileKey.of(KernelFiles.identifyTarget("/bin/true").orElseThrow())));
    Set<String> seen = new HashSet<>();
    for (int process = 0; process < PROCESSES; process++) {
      Process started = new ProcessBuilder("/bin/true").start();
      int pid = Math.toIntExact(started.pid());
      Optional<Image> image = loading.of(pid);
      while (image.isPresent()) {
        seen.add(image.get().program());
        image = loading.of(pid);
      }
      assertThat(started.waitFor()).isZero();
    }
    assertThat(seen).isNotEmpty().doesNotContain("(unknown)");
  }
}
