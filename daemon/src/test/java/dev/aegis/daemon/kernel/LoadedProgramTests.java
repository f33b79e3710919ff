package dev.aegis.daemon.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadedProgramTests {

  private static final int SELF = (int) ProcessHandle.current().pid();

  @Test
  void the_file_where_the_code_begins_is_the_program() throws Exception {
    LoadedProgram program = LoadedProgram.of(SELF).orElseThrow();
    assertThat(program.path()).isEqualTo(Path.of("/proc/self/exe").toRealPath().toString());
    assertThat(ProcessFacts.executableIdentity(SELF))
        .hasValueSatisfying(
            identity ->
                assertThat(Map.entry(identity.device(), identity.inode()))
                    .isEqualTo(Map.entry(program.device(), program.inode())));
  }

  @Test
  void of_a_process_that_is_gone_nothing_is_known() {
    assertThat(LoadedProgram.of(Integer.MAX_VALUE)).isEmpty();
  }
}
