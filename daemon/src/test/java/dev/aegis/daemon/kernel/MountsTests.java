package dev.aegis.daemon.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountsTests {

  private final Mounts mounts = Mounts.of((int) ProcessHandle.current().pid());

  @Test
  void memory_is_told_from_what_is_stored() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isDirectory(memory) && Files.getFileStore(memory).type().equals("tmpfs"),
        "no tmpfs at /dev/shm");
    assertThat(mounts.memoryUnder("/dev/shm/some/name"))
        .hasValueSatisfying(device -> assertThat(mounts.devices()).contains(device));
    assertThat(mounts.memoryUnder("/proc/self/status")).isEmpty();
  }

  @Test
  void of_a_process_that_is_gone_nothing_is_mounted() {
    Mounts none = Mounts.of(Integer.MAX_VALUE);
    assertThat(none.devices()).isEmpty();
    assertThat(none.memoryUnder("/dev/shm/x")).isEmpty();
  }
}
