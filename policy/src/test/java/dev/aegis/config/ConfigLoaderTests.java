package dev.aegis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigLoaderTests {

  private static final String REFERENCE =
      """
      [telegram]
      bot_token = "YOUR_BOT_TOKEN"   # or set AEGIS_TELEGRAM_BOT_TOKEN
      allowed_users = [123456789]    # Telegram user IDs (whitelist)

      [approvals]
      timeout_seconds = 300          # Auto-deny after this many seconds
      default_action = "deny"        # "deny" or "approve" on timeout

      [policy]
      path = "~/.aegis/policy.toml"  # Path to policy rules

      [daemon]
      port = 39000                   # Local daemon socket port

      [logging]
      level = "INFO"                 # DEBUG, INFO, WARNING, ERROR
      format = "text"                # "text" or "json"

      [database]
      path = "~/.aegis/aegis.db"     # SQLite database path
      """;

  @TempDir private Path directory;
  private AegisHome home;

  @BeforeEach
  void homeBelowTemporaryUser() {
    home = new AegisHome(directory.resolve(".aegis"), directory);
  }

  @Test
  void the_file_of_the_reference_loads_verbatim() throws Exception {
    AegisConfig config = load(REFERENCE, Map.of()).config();

    assertThat(config.telegram().botToken()).isEqualTo("YOUR_BOT_TOKEN");
    assertThat(config.telegram().allowedUsers()).containsExactly(123456789L);
    assertThat(config.approvals().timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.policyPath()).isEqualTo(directory.resolve(".aegis/policy.toml"));
    assertThat(config.databasePath()).isEqualTo(directory.resolve(".aegis/aegis.db"));
    assertThat(config.port()).isEqualTo(39000);
  }

  @Test
  void without_a_file_the_defaults_hold_and_say_so() throws Exception {
    LoadedConfig loaded = new ConfigLoader(home, Map.of()).load();

    assertThat(loaded.config().approvals().defaultAction())
        .isEqualTo(AegisConfig.DefaultAction.DENY);
    assertThat(loaded.config().policyPath()).isEqualTo(home.policyFile());
    assertThat(loaded.get(Setting.DAEMON_PORT).origin()).isEqualTo("default");
  }

  @Test
  void a_variable_beats_the_file_and_a_flag_beats_both() throws Exception {
    Map<String, String> environment = Map.of("AEGIS_DAEMON_PORT", "4000");
    assertThat(load(REFERENCE, environment).config().port()).isEqualTo(4000);

    LoadedConfig flagged =
        new ConfigLoader(home, environment).load(Map.of(Setting.DAEMON_PORT, "5000"));
    assertThat(flagged.config().port()).isEqualTo(5000);
  }

  @Test
  void a_list_in_a_variable_is_separated_by_commas() throws Exception {
    LoadedConfig loaded = load("", Map.of("AEGIS_TELEGRAM_ALLOWED_USERS", "1, 2"));

    assertThat(loaded.config().telegram().allowedUsers()).containsExactly(1L, 2L);
  }

  @Test
  void a_text_over_which_the_library_breaks_is_an_error_like_any_other() {
    assertThatThrownBy(() -> load("daemon={o,#p\u0002p", Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(home.configFile() + ":1:1: ")
        .hasMessageContaining("cannot be read as TOML");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [approvals]\\ntimeout_secnds = 5    | 2:1 | did you mean "approvals.timeout_seconds"?
          [aprovals]\\ntimeout_seconds = 5    | 1:1 | did you mean "approvals"?
          [approvals]\\ntimeout_seconds = "5" | 2:1 | expected a whole number from 1 to 604800, found "5"
          [approvals]\\ntimeout_seconds = 0   | 2:1 | expected a whole number from 1 to 604800, found 0
          [approvals]\\ndefault_action = "no" | 2:1 | expected one of "deny", "approve", found "no"
          [logging]\\n\\nlevel = "TRACE"      | 3:1 | expected one of "DEBUG", "INFO", "WARNING", "ERROR"
          [daemon]\\nport = 70000             | 2:1 | expected a whole number from 0 to 65535
          [telegram]\\nallowed_users = ["a"]  | 2:1 | expected a list of whole numbers
          [daemon\\nport = 1                  | 1:8 | Unexpected
          """)
  void an_error_names_file_line_column_and_what_was_expected(
      String text, String position, String complaint) {
    assertThatThrownBy(() -> load(text.replace("\\n", "\n"), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(home.configFile() + ":" + position + ": ")
        .hasMessageContaining(complaint)
        .extracting(e -> ((ConfigException) e).exitCode())
        .isEqualTo(2);
  }

  @Test
  void a_variable_that_misspells_a_key_is_refused() {
    assertThatThrownBy(() -> load("", Map.of("AEGIS_TELEGRAM_BOTTOKEN", "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("AEGIS_TELEGRAM_BOT_TOKEN");
  }

  @Test
  void variables_of_aegis_that_are_no_settings_are_left_alone() throws Exception {
    load("", Map.of("AEGIS_HOME", "/x", "AEGIS_SESSION", "/y"));
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void every_default_is_a_legal_value_of_its_setting(Setting setting) throws Exception {
    String text = setting.standard().toString();

    assertThat(setting.kind().fromText(text)).isEqualTo(setting.standard());
  }

  @Test
  void the_token_never_shows_in_text() throws Exception {
    assertThat(load(REFERENCE, Map.of()).config().toString()).doesNotContain("YOUR_BOT_TOKEN");
  }

  private LoadedConfig load(String text, Map<String, String> environment)
      throws ConfigException, IOException {
    Files.createDirectories(home.root());
    Files.writeString(home.configFile(), text);
    return new ConfigLoader(home, environment).load();
  }
}
