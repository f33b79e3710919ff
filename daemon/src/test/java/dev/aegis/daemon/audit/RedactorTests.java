package dev.aegis.daemon.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
          tool --password "two words" run               | tool --password [redacted] run
          curl -u me:hunter2 https://example.org        | curl -u me:[redacted] https://example.org
          curl -sS --user "me:hunter2" example.org      | curl -sS --user "me:[redacted]" example.org
          curl https://x.org/a?access_token=abc&b=1     | curl https://x.org/a?access_token=[redacted]&b=1
          curl -H 'Cookie: sid=1; b=2' x                | curl -H 'Cookie: [redacted]' x
          sshpass -p hunter2 ssh me@host                | sshpass -p [redacted] ssh me@host
          mysql -u root -phunter2 db                    | mysql -u root -p[redacted] db
          docker login -u me -p hunter2 r.example.org   | docker login -u me -p [redacted] r.example.org
          redis-cli -h h -a hunter2 keys                | redis-cli -h h -a [redacted] keys
          openssl rsa -passin pass:hunter2 -in k        | openssl rsa -passin pass:[redacted] -in k
          kubectl create secret generic s --from-literal=k=hunter2 | kubectl create secret generic s --from-literal=k=[redacted]
          stripe sk_live_4eC39HqLyjWDarjtT1zdp7dc       | stripe [redacted]
          curl https://hooks.slack.com/services/T0/B0/x | curl https://hooks.slack.com/services/[redacted]
          npm_abcdefghijklmnopqrstuvwxyz0123456789      | [redacted]
          echo q8Zr2Lw9Xt4Bv7Nc1Kd5Hs3Jm6Pf0Yg          | echo [redacted]
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
        "grep -r password src",
        "git show 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "docker run -p 8080:80"
            + " nginx@sha256:3b7c1d0e5f8a9b2c4d6e8f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e",
        "npm_config_user_agent_of_the_machine",
        "cat src/main/java/org/example/AbstractSingletonProxyFactoryBeanV2Test.java",
        "mvn -Dtest=OrderServiceIntegrationTests#shouldRejectOrder2WhenStockIs0 test",
        "rm -rf /tmp/pytest-of-me/pytest-12/test_Something_V2_Long_Name0",
        "mysqldump -h db -P 3306 shop",
        "cat global-configuration-of-the-service.yaml",
        "ping sg.archive.example.org",
        "kill 123e4567-e89b-12d3-a456-426614174000"
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

  @Test
  void the_words_of_an_argv_are_read_together() {
    assertThat(redactor.redactWords(List.of("mysql", "-h", "db", "-phunter2", "shop")))
        .containsExactly("mysql", "-h", "db", "-p[redacted]", "shop");
    assertThat(redactor.redactWords(List.of("tool", "--token", "two words", "--port", "1")))
        .containsExactly("tool", "--token", "[redacted]", "--port", "1");
    assertThat(redactor.redactWords(List.of("sh", "-c", "PASSWORD=a\nmake")))
        .containsExactly("sh", "-c", "PASSWORD=[redacted]\nmake");
  }

  @Test
  void a_telling_key_hides_its_value() {
    AuditEvent event =
        new AuditEvent(
            Instant.EPOCH,
            "operation.denied",
            "s",
            Map.of("environment", Map.of("API_TOKEN", "abc", "LANG", "C")));

    assertThat(redactor.redact(event).detail())
        .containsEntry("environment", Map.of("API_TOKEN", "[redacted]", "LANG", "C"));
  }

  @Test
  void of_random_keys_hardly_any_is_missed() {
    Random random = new Random(1);
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    int missed = 0;
    for (int i = 0; i < 2_000; i++) {
      StringBuilder key = new StringBuilder();
      for (int j = 0; j < 40; j++) {
        key.append(letters.charAt(random.nextInt(letters.length())));
      }
      missed += redactor.redact("use " + key + " now").equals("use [redacted] now") ? 0 : 1;
    }
    assertThat(missed).isLessThan(40);
  }
}
