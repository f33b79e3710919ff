package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTests {

  @TempDir private Path home;

  private Run config(String... words) {
    String[] arguments = new String[words.length + 1];
    arguments[0] = "config";
    System.arraycopy(words, 0, arguments, 1, words.length);
    return Run.aegis(Run.home(home), arguments);
  }

  @Test
  void what_was_set_is_what_one_gets() {
    assertThat(config("set", "approvals.timeout_seconds", "60").exitCode()).isZero();
    assertThat(config("get", "approvals.timeout_seconds").out()).isEqualTo("60\n");
    assertThat(config("list").out()).contains("approvals.timeout_seconds", "config.toml");
    assertThat(config("validate").exitCode()).isZero();
  }

  @Test
  void path_is_where_the_file_stands() {
    assertThat(config("path").out()).isEqualTo(home.resolve("config.toml") + "\n");
  }

  @Test
  void secrets_are_not_shown() throws Exception {
    assertThat(config("set", "telegram.bot_token", "12:secret").exitCode()).isZero();
    assertThat(config("get", "telegram.bot_token").out()).isEqualTo("(hidden)\n");
    assertThat(config("list", "--json").out()).doesNotContain("12:secret");
    assertThat(Schema.named("config").complaints(config("list", "--json").out())).isEmpty();
  }

  @Test
  void an_unknown_key_gets_a_suggestion() {
    Run run = config("get", "daemon.prt");
    assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(run.err())
        .isEqualTo("aegis: unknown key \"daemon.prt\": did you mean \"daemon.port\"?\n");
  }

  @Test
  void a_broken_file_is_named_with_line_and_column() throws Exception {
    Files.writeString(home.resolve("config.toml"), "[daemon]\nport = \"x\"\n");
    Run run = config("validate");
    assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(run.err()).contains("config.toml:2:1", "expected a whole number");
  }

  @Test
  void a_file_that_others_can_read_is_a_permission_error() throws Exception {
    config("set", "daemon.port", "0");
    Files.setPosixFilePermissions(
        home.resolve("config.toml"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    Run run = config("validate");
    assertThat(run.exitCode()).isEqualTo(ExitCode.PERMISSION);
    assertThat(run.err()).contains("chmod 0600");
  }
}
