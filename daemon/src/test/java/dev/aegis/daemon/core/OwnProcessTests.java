package dev.aegis.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnProcessTests {

  private static final int PR_GET_DUMPABLE = 3;

  @TempDir private Path directory;

  @Test
  void a_protected_process_is_not_dumpable_and_its_files_are_its_own() throws Exception {
    OwnProcess.protect();

    Function prctl = NativeLibrary.getInstance("c").getFunction("prctl");
    assertThat(prctl.invokeInt(new Object[] {PR_GET_DUMPABLE, 0L, 0L, 0L, 0L})).isZero();
    Path file = Files.writeString(directory.resolve("f"), "x");
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100600);
  }
}
