package dev.aegis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTests {

  @TempDir private Path directory;

  @Test
  void a_changed_value_keeps_its_comment_and_every_other_line() throws Exception {
    assertThat(
            set(
                """
                # mine
                [approvals]
                timeout_seconds = 300  # five minutes
                default_action = "deny" # "deny" or "approve"

                [daemon]
                port = 39000
                """,
                "approvals.default_action",
                "approve"))
        .isEqualTo(
            """
            # mine
            [approvals]
            timeout_seconds = 300  # five minutes
            default_action = "approve" # "deny" or "approve"

            [daemon]
            port = 39000
            """);
  }

  @Test
  void a_new_key_joins_its_section() throws Exception {
    assertThat(set("[daemon]\n\n[logging]\nlevel = \"INFO\"\n", "daemon.port", "1"))
        .isEqualTo("[daemon]\nport = 1\n\n[logging]\nlevel = \"INFO\"\n");
  }

  @Test
  void a_missing_file_is_made_for_the_owner_alone() throws Exception {
    Path file = directory.resolve("config.toml");
    new ConfigFile(file).set("telegram.bot_token", "a\"b");

    assertThat(file).hasContent("[telegram]\nbot_token = \"a\\\"b\"\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(OwnerOnly.complaint(file)).isEmpty();
  }

  @Test
  void an_illegal_value_changes_nothing() throws Exception {
    Path file = Files.writeString(directory.resolve("config.toml"), "[daemon]\nport = 1\n");

    assertThatThrownBy(() -> new ConfigFile(file).set("daemon.port", "x"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("daemon.port: expected a whole number");
    assertThat(file).hasContent("[daemon]\nport = 1\n");
  }

  @Test
  void a_form_that_a_line_cannot_hold_is_refused_rather_than_broken() throws Exception {
    String text = "[telegram]\nallowed_users = [\n 1,\n]\n";
    Path file = Files.writeString(directory.resolve("config.toml"), text);

    assertThatThrownBy(() -> new ConfigFile(file).set("telegram.allowed_users", "2"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("edit the file");
    assertThat(file).hasContent(text);
  }

  private String set(String before, String key, String value) throws Exception {
    Path file = Files.writeString(directory.resolve("config.toml"), before);
    new ConfigFile(file).set(key, value);
    return Files.readString(file);
  }
}
