package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SetupWhatsAppCommandTests {

  private static final String TOKEN = "EAAa-token-of-the-setup-tests";

  @TempDir private Path home;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/4711", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean ours =
          ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      byte[] answer =
          (ours
                  ? "{\"display_phone_number\":\"+1 555 0100\",\"verified_name\":\"Desk\"}"
                  : "{\"error\":{\"message\":\"Invalid OAuth access token\",\"code\":190}}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(ours ? 200 : 401, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private Run setup(String token, String... arguments) {
    List<String> words =
        new ArrayList<>(List.of("setup", "whatsapp", "--non-interactive", "--config-path"));
    words.add(config().toString());
    words.addAll(List.of(arguments));
    Map<String, String> environment =
        Run.home(
            home,
            "AEGIS_WHATSAPP_API_URL",
            "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
            "AEGIS_WHATSAPP_ACCESS_TOKEN",
            token,
            "AEGIS_WHATSAPP_APP_SECRET",
            "secret-of-the-app");
    return Run.aegis(environment, words.toArray(String[]::new));
  }

  private Path config() {
    return home.resolve("other.toml");
  }

  @Test
  void it_checks_the_number_writes_the_configuration_and_says_what_is_left_to_do()
      throws Exception {
    Run run = setup(TOKEN, "--phone-number-id", "4711", "--allowed-numbers", "15550101,15550102");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readString(config()))
        .contains(TOKEN, "phone_number_id = \"4711\"", "allowed_numbers = [15550101, 15550102]")
        .contains("admins = [15550101]", "app_secret = \"secret-of-the-app\"")
        .containsPattern("verify_token = \"[0-9a-f]{32}\"");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config())))
        .isEqualTo("rw-------");
    assertThat(run.out())
        .contains("+1 555 0100 Desk", "127.0.0.1:39001/whatsapp", "verify_token")
        .doesNotContain(TOKEN, "secret-of-the-app");
  }

  @Test
  void what_is_missing_or_wrong_is_a_configuration_error_and_nothing_is_written() {
    assertThat(setup(TOKEN, "--phone-number-id", "4711").err()).contains("--allowed-numbers");
    Run wrong = setup("EAAother", "--phone-number-id", "4711", "--allowed-numbers", "15550101");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(wrong.err()).contains("Invalid OAuth access token").doesNotContain("EAAother");
    assertThat(config()).doesNotExist();
  }

  @Test
  void a_server_that_cannot_be_reached_is_a_network_error() {
    server.stop(0);
    Run run = setup(TOKEN, "--phone-number-id", "4711", "--allowed-numbers", "15550101");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(run.err()).contains("cannot be used").doesNotContain(TOKEN);
  }
}
