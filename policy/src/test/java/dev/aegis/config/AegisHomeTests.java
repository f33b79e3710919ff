package dev.aegis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AegisHomeTests {

  @TempDir private Path directory;

  @Test
  void the_variable_beats_the_home_of_the_user() throws Exception {
    assertThat(AegisHome.of(Map.of("HOME", "/home/me")).root())
        .isEqualTo(Path.of("/home/me/.aegis"));
    assertThat(AegisHome.of(Map.of("HOME", "/home/me", "AEGIS_HOME", "/srv/a")).root())
        .isEqualTo(Path.of("/srv/a"));
  }

  @Test
  void a_relative_home_is_refused() {
    assertThatThrownBy(() -> AegisHome.of(Map.of("HOME", "/home/me", "AEGIS_HOME", "state")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("AEGIS_HOME is \"state\": expected an absolute path");
  }

  @Test
  void a_file_is_no_home(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> AegisHome.of(Map.of("AEGIS_HOME", file.toString(), "HOME", "/")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file + " is no directory");
  }

  @Test
  void a_home_that_is_made_is_closed_to_others() throws Exception {
    AegisHome home = new AegisHome(directory.resolve("h"), directory).create();

    assertThat(mode(home.root())).isEqualTo("rwx------");
    assertThat(mode(home.logs())).isEqualTo("rwx------");
  }

  @Test
  void a_directory_that_others_write_into_is_refused_and_left_as_it_is() throws Exception {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> new AegisHome(shared, directory).create())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 0700");
    assertThat(mode(shared)).isEqualTo("rwxrwxrwx");
  }

  @Test
  void two_homes_have_two_run_directories_and_one_home_has_one_whatever_its_spelling()
      throws Exception {
    Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", directory.toString());
    AegisHome first = new AegisHome(directory.resolve("a"), directory).create();
    AegisHome second = new AegisHome(directory.resolve("b"), directory).create();
    Path link = Files.createSymbolicLink(directory.resolve("l"), first.root());

    RunDirectory run = RunDirectory.choose(first, environment);
    assertThat(run.path().getParent()).isEqualTo(directory.toRealPath().resolve("aegis"));
    assertThat(run).isNotEqualTo(RunDirectory.choose(second, environment));
    assertThat(run).isEqualTo(RunDirectory.choose(new AegisHome(link, directory), environment));
  }

  @Test
  void a_run_directory_too_long_for_a_socket_is_a_clear_error() {
    AegisHome home = new AegisHome(directory.resolve("x".repeat(120)), directory);

    assertThatThrownBy(() -> RunDirectory.choose(home, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("too long for Unix sockets");
  }

  @Test
  void the_owner_of_the_lock_is_alive_only_with_the_start_time_of_its_pid() throws Exception {
    AegisHome home = new AegisHome(directory.resolve("h"), directory).create();
    long pid = ProcessHandle.current().pid();
    RunDirectory run = new RunDirectory(directory);
    LockOwner self = new LockOwner(pid, LockOwner.startTicksOf(pid), run, true);
    self.write(home);

    assertThat(LockOwner.read(home)).contains(self);
    assertThat(self.isAlive()).isTrue();
    assertThat(new LockOwner(pid, self.startTicks() + 1, run, true).isAlive()).isFalse();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
