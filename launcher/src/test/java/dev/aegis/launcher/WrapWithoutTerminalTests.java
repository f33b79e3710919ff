package dev.aegis.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrapped programs between pipes and files. */
class WrapWithoutTerminalTests {

  @TempDir Path directory;
  private FakeControl control;

  @BeforeEach
  void prepare() throws IOException {
    control = new FakeControl();
  }

  @AfterEach
  void cleanUp() throws IOException {
    control.close();
  }

  /** How a run ended; each byte of its output is one character. */
  private record Result(int status, String out, String err) {}

  private Result run(String shellLine, byte[] input, Map<String, String> variables)
      throws IOException, InterruptedException {
    Path errors = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", shellLine.replace("aegis-wrap", Wrap.command("")));
    builder.directory(directory.toFile()).redirectError(errors.toFile());
    builder.environment().put("AEGIS_HOME", control.home().toString());
    builder.environment().remove("XDG_RUNTIME_DIR");
    builder.environment().putAll(variables);
    Process process = builder.start();
    Thread writer =
        new Thread(
            () -> {
              try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    writer.start();
    byte[] out = process.getInputStream().readAllBytes();
    writer.join();
    return new Result(
        process.waitFor(), new String(out, StandardCharsets.ISO_8859_1), Files.readString(errors));
  }

  private Result run(String shellLine) throws IOException, InterruptedException {
    return run(shellLine, new byte[0], Map.of());
  }

  @Test
  void the_status_is_passed_on() throws Exception {
    assertThat(run("aegis-wrap sh -c 'exit 42'").status()).isEqualTo(42);
    assertThat(run("aegis-wrap sh -c 'kill -TERM $$'; exit $?").status()).isEqualTo(143);
  }

  @Test
  void bytes_pass_unchanged() throws Exception {
    byte[] random = new byte[3_000_000];
    new Random(1).nextBytes(random);
    assertThat(run("aegis-wrap cat", random, Map.of()).out())
        .isEqualTo(new String(random, StandardCharsets.ISO_8859_1));
  }

  @Test
  void arguments_pass_unchanged_whatever_the_locale_and_their_bytes() throws Exception {
    String line =
        "LC_ALL=C aegis-wrap printf '<%s>' -- 'a b' '' '-x' \"$(printf '\\377\\303\\251')\" '--' | od -An -c";
    assertThat(run(line).out()).isEqualTo(run(line.replace("aegis-wrap", "")).out());
  }

  @Test
  void the_environment_is_the_users_without_what_is_ours() throws Exception {
    Result result =
        run(
            "aegis-wrap env",
            new byte[0],
            Map.of(
                "AEGIS_TELEGRAM_BOT_TOKEN",
                "secret",
                "AEGIS_LOGGING_LEVEL",
                "DEBUG",
                "OTHER",
                "x"));
    assertThat(result.out())
        .contains("OTHER=x\n", "AEGIS_SESSION=" + control.home(), "AEGIS_HOME=")
        .doesNotContain("secret", "AEGIS_LOGGING_LEVEL");
  }

  @Test
  void no_descriptor_of_ours_is_inherited_and_theirs_are() throws Exception {
    Result result =
        run("AEGIS_USER_DESCRIPTORS=7 aegis-wrap sh -c 'ls -l /proc/self/fd' 7</dev/null");
    assertThat(result.out()).contains(" 7 -> /dev/null").doesNotContain("socket:", ".jar");
  }

  @Test
  void signal_dispositions_are_those_that_the_start_script_found() throws Exception {
    Result result = run("AEGIS_USER_SIGNALS=200:400 aegis-wrap grep 'Sig[BI]' /proc/self/status");
    assertThat(result.out()).contains("SigBlk:\t0000000000000400", "SigIgn:\t0000000000000200");
  }

  @Test
  void an_unknown_program_is_told_before_anything_starts() throws Exception {
    Result result = run("aegis-wrap no-such-program");
    assertThat(result.status()).isEqualTo(7);
    assertThat(result.err()).contains("no-such-program: command not found");
    assertThat(control.calls("session.open")).isEmpty();
  }

  @Test
  void a_file_that_is_no_program_is_told() throws Exception {
    Files.writeString(directory.resolve("data"), "x");
    assertThat(run("aegis-wrap ./data").status()).isEqualTo(5);
    assertThat(run("aegis-wrap ./data").err()).contains("not executable");
  }

  @Test
  void what_was_asked_for_reaches_the_daemon() throws Exception {
    run("aegis-wrap --dry-run --timeout 7 --workspace . true --timeout 9");
    var open = control.calls("session.open").get(0);
    assertThat(open.path("wrapped").asText()).isEqualTo("true");
    assertThat(open.path("argv").toString()).isEqualTo("[\"true\",\"--timeout\",\"9\"]");
    assertThat(open.path("dry_run").asBoolean()).isTrue();
    assertThat(open.path("timeout_seconds").asInt()).isEqualTo(7);
    assertThat(open.path("workspaces").get(0).asText()).isEqualTo(directory.toString());
    assertThat(control.calls("session.start").get(0).path("pid").asLong()).isPositive();
    assertThat(control.calls("session.close")).hasSize(1);
  }

  @Test
  void a_question_is_told_with_the_commands_that_answer_it() throws Exception {
    Path go = directory.resolve("go");
    Thread asker =
        new Thread(
            () -> {
              Awaitility.await().until(control::isWatched);
              control.ask("/some/di\u001brectory");
              Awaitility.await().until(() -> Files.size(directory.resolve("err")) > 0);
              assertThat(go.toFile().mkdir()).isTrue();
            });
    asker.start();
    Result result = run("aegis-wrap sh -c 'until [ -d go ]; do sleep 0.1; done; echo out'");
    asker.join();
    assertThat(result.out()).isEqualTo("out\n");
    assertThat(result.err())
        .startsWith(
            "aegis: approval 1 waits: rm -rf /some/di\\x1brectory. Answer with:"
                + " aegis approvals approve 1, or: aegis approvals deny 1\n");
  }

  @Test
  void a_dry_run_lists_what_would_ask() throws Exception {
    assertThat(run("aegis-wrap --dry-run true").err().lines().toList())
        .isEqualTo(List.of("aegis: dry run: what would ask was denied:", "aegis:   rm -rf /"));
  }

  @Test
  void a_claimed_session_without_supervision_is_refused() throws Exception {
    Result result = run("aegis-wrap true", new byte[0], Map.of("AEGIS_SESSION", "/nowhere"));
    assertThat(result.status()).isEqualTo(6);
    assertThat(result.err()).contains("not supervised");
    assertThat(control.calls("session.open")).isEmpty();
  }
}
