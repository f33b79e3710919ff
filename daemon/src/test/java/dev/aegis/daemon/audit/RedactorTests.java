package dev.aegis.daemon.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTests {

  private final Redactor redactor = new Redactor();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          git clone https://me:hunter2@example.org/x    | git clone https://me:[redacted]@example.org/x
          mysql --password=hunter2 db                   | mysql --password=[redacted] db
          tool --api-key hunter2 run                    | tool --api-key [redacted] run
          PGPASSWORD=hunter2 psql                       | PGPASSWORD=[redacted] psql
          curl -H 'Authorization: Bearer abc.def' x     | curl -H 'Authorization: Bearer [redacted]' x
          echo ghp_0123456789abcdefABCDEF               | echo [redacted]
          aws AKIAIOSFODNN7EXAMPLE                      | aws [redacted]
          bot 123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc | bot [redacted]
          export GITHUB_TOKEN=abc && make               | export GITHUB_TOKEN=[redacted] && make
          """)
  void obvious_secrets_are_taken_out(String text, String expected) {
    assertThat(redactor.redact(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm -rf build",
        "git push --force origin main",
        "cat /home/me/secrets/notes.txt",
        "git clone https://example.org/x",
        "grep -r password src"
      })
  void ordinary_commands_stay_as_they_are(String text) {
    assertThat(redactor.redact(text)).isEqualTo(text);
  }

  @Test
  void the_value_after_a_secret_option_is_hidden_in_an_argv() {
    AuditEvent event =
        new AuditEvent(
            Instant.EPOCH,
            "operation.denied",
            "s",
            Map.of("argv", List.of("tool", "--password", "hunter2", "--port", "1")));

    assertThat(redactor.redact(event).detail())
        .containsEntry("argv", List.of("tool", "--password", "[redacted]", "--port", "1"));
  }
}
