package dev.aegis.daemon.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void what_a_sandbox_mounted_elsewhere_keeps_its_name_outside() {
    Mounts outside =
        Mounts.read(
            List.of(
                "1 0 8:1 / / rw - ext4 /dev/sda1 rw",
                "2 1 8:2 / /home rw - ext4 /dev/sda2 rw",
                "3 1 0:5 / /tmp rw - tmpfs none rw"));
    Mounts sandbox =
        Mounts.read(
            List.of(
                "9 8 0:77 / / rw - tmpfs none rw",
                "10 9 8:1 / /newroot rw - ext4 /dev/sda1 rw",
                "11 9 8:2 /ada/keys /newroot/work/k rw - ext4 /dev/sda2 rw",
                "12 9 0:5 /own /newroot/tmp rw - tmpfs none rw"));
    assertThat(sandbox.nameAmong(outside, "/newroot/etc/passwd")).hasValue("/etc/passwd");
    assertThat(sandbox.nameAmong(outside, "/newroot/work/k/id")).hasValue("/home/ada/keys/id");
    assertThat(sandbox.nameAmong(outside, "/newroot/work/k")).hasValue("/home/ada/keys");
    assertThat(sandbox.nameAmong(outside, "/newroot/tmp/.git")).hasValue("/tmp/own/.git");
    assertThat(sandbox.nameAmong(outside, "/newroot")).hasValue("/");
    assertThat(sandbox.nameAmong(outside, "/oldroot/x")).as("its own memory").isEmpty();
    assertThat(sandbox.nameAmong(outside, "/newroot/home/x"))
        .as("under what another mount hides outside")
        .isEmpty();
  }

  @Test
  void of_a_process_that_is_gone_nothing_is_mounted() {
    Mounts none = Mounts.of(Integer.MAX_VALUE);
    assertThat(none.devices()).isEmpty();
    assertThat(none.memoryUnder("/dev/shm/x")).isEmpty();
  }
}
