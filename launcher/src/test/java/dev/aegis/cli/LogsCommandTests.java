package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTests {

  @TempDir private Path home;

  @BeforeEach
  void write() throws Exception {
    Files.createDirectory(home.resolve("logs"));
    Files.writeString(
        home.resolve("logs/aegis.log"),
        """
        2026-01-01T10:00:00.000Z INFO  daemon ready
        2026-01-01T11:00:00.000Z WARN  slow disk
        2026-01-01T12:00:00.000Z ERROR it broke
        \tat some.Frame
        {"time":"2026-01-01T13:00:00Z","level":"INFO","message":"json now"}
        """);
  }

  private Run logs(String... words) {
    String[] arguments = new String[words.length + 1];
    arguments[0] = "logs";
    System.arraycopy(words, 0, arguments, 1, words.length);
    return Run.aegis(Run.home(home), arguments);
  }

  @Test
  void the_last_entries_come_with_the_lines_that_belong_to_them() {
    assertThat(logs("--lines", "2").out().lines())
        .containsExactly(
            "2026-01-01T12:00:00.000Z ERROR it broke",
            "\\tat some.Frame",
            "{\"time\":\"2026-01-01T13:00:00Z\",\"level\":\"INFO\",\"message\":\"json now\"}");
  }

  @Test
  void a_level_means_that_level_and_above() {
    assertThat(logs("--level", "WARNING").out().lines())
        .hasSize(3)
        .noneMatch(line -> line.contains("ready") || line.contains("json now"));
  }

  @Test
  void since_takes_a_time_or_a_day() {
    assertThat(logs("--since", "2026-01-01T12:30:00Z").out()).hasLineCount(1);
    assertThat(logs("--since", "2026-01-01").out()).hasLineCount(5);
    assertThat(logs("--since", "yesterday").err()).contains("--since", "expected a time");
  }

  @Test
  void json_is_one_value_a_line() {
    assertThat(logs("--json", "--lines", "3").out().lines())
        .containsExactly(
            "{\"time\":\"2026-01-01T11:00:00Z\",\"level\":\"WARNING\",\"message\":\"slow disk\"}",
            "{\"time\":\"2026-01-01T12:00:00Z\",\"level\":\"ERROR\",\"message\":\"it broke\"}",
            "{\"time\":\"2026-01-01T13:00:00Z\",\"level\":\"INFO\",\"message\":\"json now\"}");
  }
}
