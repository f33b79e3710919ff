package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.launcher.WrapRequest;
import dev.aegis.operation.Supervision;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrapCommandTests {

  private static WrapRequest wrap(String... words) {
    String[] arguments = new String[words.length + 1];
    arguments[0] = "wrap";
    System.arraycopy(words, 0, arguments, 1, words.length);
    Caller caller = Run.caller(Map.of(), new ByteArrayOutputStream(), new ByteArrayOutputStream());
    WrapCommand command =
        (WrapCommand)
            new AegisCommand(caller)
                .commandLine()
                .parseArgs(arguments)
                .subcommand()
                .commandSpec()
                .userObject();
    return command.request();
  }

  @Test
  void options_stand_before_the_tool() {
    WrapRequest request =
        wrap(
            "--dry-run",
            "--timeout",
            "30",
            "--log-level",
            "debug",
            "--workspace",
            "/a",
            "--workspace=/b",
            "claude");
    assertThat(request.tool()).isEqualTo("claude");
    assertThat(request.args()).isEmpty();
    assertThat(request.dryRun()).isTrue();
    assertThat(request.timeoutSeconds()).isEqualTo(OptionalInt.of(30));
    assertThat(request.logLevel()).isEqualTo(Optional.of("DEBUG"));
    assertThat(request.workspaces()).containsExactly(Path.of("/a"), Path.of("/b"));
  }

  @Test
  void supervision_is_hybrid_unless_said_otherwise() {
    assertThat(wrap("claude").supervision()).isEqualTo(Supervision.HYBRID);
    assertThat(wrap("--supervision", "full", "claude").supervision()).isEqualTo(Supervision.FULL);
    assertThatThrownBy(() -> wrap("--supervision", "some", "claude"))
        .hasMessageContaining("expected one of libc, hybrid, full, found \"some\"");
  }

  @Test
  void everything_after_the_tool_is_its_own() {
    WrapRequest request = wrap("bash", "-c", "rm -rf x", "--dry-run", "--help", "-V", "@file");
    assertThat(request.args())
        .containsExactly("-c", "rm -rf x", "--dry-run", "--help", "-V", "@file");
    assertThat(request.dryRun()).isFalse();
  }

  @Test
  void one_double_dash_right_after_the_tool_is_dropped() {
    assertThat(wrap("claude", "--", "--no-cache").args()).containsExactly("--no-cache");
    assertThat(wrap("claude", "--", "--", "x").args()).containsExactly("--", "x");
    assertThat(wrap("claude", "x", "--", "y").args()).containsExactly("x", "--", "y");
  }

  @Test
  void a_double_dash_ends_the_options_of_wrap() {
    WrapRequest request = wrap("--dry-run", "--", "-odd-name", "--", "--help");
    assertThat(request.tool()).isEqualTo("-odd-name");
    assertThat(request.args()).containsExactly("--help");
  }

  @Test
  void arguments_are_passed_on_byte_for_byte() {
    assertThat(wrap("echo", "", "\"quoted\"", "a b", "${x}", "a,b", "'").args())
        .containsExactly("", "\"quoted\"", "a b", "${x}", "a,b", "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "604801", "1.5", "soon", ""})
  void a_timeout_is_a_whole_number_of_seconds(String seconds) {
    Run run = Run.aegis(Map.of("HOME", "/nowhere"), "wrap", "--timeout", seconds, "true");
    assertThat(run.exitCode()).isEqualTo(ExitCode.GENERAL);
    assertThat(run.err()).contains("--timeout", "expected a whole number of seconds");
  }

  @Test
  void a_workspace_must_exist() {
    Run run = Run.aegis(Map.of("HOME", "/nowhere"), "wrap", "--workspace", "/no/such", "true");
    assertThat(run.exitCode()).isEqualTo(ExitCode.GENERAL);
    assertThat(run.err())
        .isEqualTo("aegis: --workspace /no/such: expected an existing directory\n");
  }
}
