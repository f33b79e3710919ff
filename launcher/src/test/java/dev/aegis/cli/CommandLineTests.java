package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTests {

  @TempDir private Path home;

  private Run aegis(String... arguments) {
    return Run.aegis(Run.home(home), arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "wrapp, unknown command \"wrapp\": did you mean \"wrap\"?",
    "aprovals, unknown command \"aprovals\": did you mean \"approvals\"?",
    "zzzzzz, unknown command \"zzzzzz\"",
    "--verson, unknown option \"--verson\": did you mean \"--version\"?"
  })
  void what_is_unknown_gets_a_suggestion_where_one_is_near(String word, String complaint) {
    Run run = aegis(word);
    assertThat(run.exitCode()).isEqualTo(ExitCode.GENERAL);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("aegis: " + complaint + "\nSee: aegis --help\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "audit export --format xml | '--format': expected one of JSONL, CSV, CEF, OCSF, found \"xml\"",
        "logs --level LOUD | '--level': expected one of DEBUG, INFO, WARNING, ERROR, found \"LOUD\"",
        "logs --lines x | '--lines': expected a whole number, found \"x\"",
        "approvals show x | (<id>): expected a whole number, found \"x\"",
      })
  void a_wrong_value_is_answered_with_what_was_expected(String line, String complaint) {
    Run run = aegis(line.split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(ExitCode.GENERAL);
    assertThat(run.err()).contains(complaint).doesNotContain("(case-insensitive)");
  }

  @Test
  void alone_it_explains_itself() {
    Run run = aegis();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: aegis", "wrap", "approvals", "Exit codes");
    assertThat(run.out()).isEqualTo(aegis("help").out()).isEqualTo(aegis("--help").out());
  }

  @Test
  void help_of_a_command_is_its_usage() {
    assertThat(aegis("help", "approvals", "deny").out())
        .startsWith("Usage: aegis approvals deny")
        .isEqualTo(aegis("approvals", "deny", "--help").out());
  }

  @Test
  void help_for_an_unknown_command_is_an_error_with_a_suggestion() {
    Run run = aegis("help", "statsu");
    assertThat(run.exitCode()).isEqualTo(ExitCode.GENERAL);
    assertThat(run.err())
        .isEqualTo("aegis: unknown command \"statsu\": did you mean \"status\"?\n");
  }

  @Test
  void every_command_explains_itself_and_every_option() {
    Caller caller = Run.caller(Map.of(), new ByteArrayOutputStream(), new ByteArrayOutputStream());
    assertExplained(new AegisCommand(caller).commandLine());
  }

  private static void assertExplained(CommandLine command) {
    assertThat(command.getCommandSpec().usageMessage().description())
        .as(command.getCommandSpec().qualifiedName())
        .isNotEmpty();
    command
        .getCommandSpec()
        .options()
        .forEach(option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
    command.getSubcommands().values().forEach(CommandLineTests::assertExplained);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version", "-V"})
  void the_version_is_one_line(String word) {
    assertThat(aegis(word).out()).matches("aegis \\S+\n");
  }

  @Test
  void a_control_character_never_reaches_the_terminal() {
    assertThat(aegis("\033]0;title\007").err()).doesNotContain("\033", "\007").contains("\\u001b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start",
        "stop",
        "approvals approve 1",
        "approvals deny 1",
        "config set daemon.port 1"
      })
  void what_nobody_supervised_may_do_is_refused_inside_a_session(String line) {
    Run run = Run.aegis(Run.home(home, "AEGIS_SESSION", "/run/x"), line.split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(ExitCode.SECURITY);
    assertThat(run.err()).contains("is refused inside a session");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void a_trace_is_shown_at_level_debug_alone() {
    Path missing = home.resolve("missing");
    assertThat(Run.aegis(Run.home(missing), "logs").err()).hasLineCount(1);
    assertThat(Run.aegis(Run.home(missing, "AEGIS_LOGGING_LEVEL", "DEBUG"), "logs").err())
        .contains("\tat dev.aegis.cli.LogsCommand");
  }
}
