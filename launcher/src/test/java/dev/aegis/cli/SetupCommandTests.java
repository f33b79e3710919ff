package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SetupCommandTests {

  private static final String TOKEN = "12345:a-token-of-the-setup-tests";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;
  private HttpServer server;
  private final Deque<ObjectNode> updates = new ArrayDeque<>();
  private final List<JsonNode> sent = new ArrayList<>();
  private final List<Long> unreachable = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private boolean writesTheCode;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      String path = exchange.getRequestURI().getPath();
      ObjectNode answer = JSON.createObjectNode().put("ok", true);
      if (!path.startsWith("/bot" + TOKEN + "/")) {
        answer.put("ok", false).put("error_code", 401).put("description", "Unauthorized");
      } else if (path.endsWith("/getMe")) {
        answer.putObject("result").put("username", "aegis_bot");
      } else if (path.endsWith("/getUpdates")) {
        if (writesTheCode) {
          writesTheCode = false;
          deliver(666, "000000", "private");
          deliver(667, code(), "supergroup");
          deliver(7, code(), "private");
        }
        var result = answer.putArray("result");
        updates.removeIf(
            update -> update.path("update_id").asLong() < body.path("offset").asLong());
        updates.forEach(result::add);
      } else if (unreachable.contains(body.path("chat_id").asLong())) {
        answer.put("ok", false).put("error_code", 403).put("description", "Forbidden: no /start");
      } else {
        sent.add(body);
        answer.putObject("result").put("message_id", 1);
      }
      byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String code() {
    Matcher code =
        Pattern.compile("Send (\\d{6}) to @aegis_bot")
            .matcher(said.toString(StandardCharsets.UTF_8));
    assertThat(code.find()).isTrue();
    return code.group(1);
  }

  private void deliver(long from, String text, String chat) {
    ObjectNode update = JSON.createObjectNode().put("update_id", 100 + updates.size());
    ObjectNode message = update.putObject("message").put("text", text);
    message.putObject("from").put("id", from).put("first_name", "Ana");
    message.putObject("chat").put("type", chat);
    updates.add(update);
  }

  private Run setup(String... arguments) {
    List<String> words = new ArrayList<>(List.of("setup", "--non-interactive"));
    words.addAll(List.of(arguments));
    Map<String, String> environment = Run.home(home, "AEGIS_TELEGRAM_API_URL", url());
    return Run.aegis(environment, words.toArray(String[]::new));
  }

  private Path config() {
    return home.resolve("other.toml");
  }

  private SetupQuestions questions(String input) {
    return new SetupQuestions(
        new Prompt(
            new BufferedReader(new StringReader(input)),
            new PrintStream(said, true, StandardCharsets.UTF_8),
            false),
        URI.create(url()));
  }

  @Test
  void it_checks_the_token_writes_the_configuration_and_greets() throws Exception {
    Run run =
        setup("--telegram-token", TOKEN, "--allowed-users", "7,8", "--config-path", "" + config());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readString(config()))
        .contains("bot_token = \"" + TOKEN + "\"", "allowed_users = [7, 8]", "admins = [7]");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config())))
        .isEqualTo("rw-------");
    assertThat(sent).hasSize(2).allMatch(one -> one.path("text").asText().contains("reach you"));
    assertThat(run.out()).contains("@aegis_bot", "7 (test message sent)").doesNotContain(TOKEN);
  }

  @Test
  void what_stands_in_the_configuration_already_stays() throws Exception {
    Files.writeString(
        config(),
        """
        # mine
        [telegram]
        bot_token = "1:old"   # the old bot
        deny_reason_seconds = 5

        [logging]
        level = "DEBUG"
        """);
    Run run =
        setup("--telegram-token", TOKEN, "--allowed-users", "7", "--config-path", "" + config());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readString(config()))
        .contains("# mine", TOKEN + "\"   # the old bot", "deny_reason_seconds = 5", "\"DEBUG\"");
  }

  @Test
  void json_is_one_value_as_its_schema_says() throws Exception {
    Run run =
        setup(
            "--telegram-token",
            TOKEN,
            "--allowed-users",
            "7",
            "--json",
            "--config-path",
            "" + config());
    assertThat(Schema.named("setup").complaints(run.out())).isEmpty();
    assertThat(run.out()).doesNotContain(TOKEN);
  }

  @Test
  void what_is_missing_or_wrong_is_a_configuration_error_and_nothing_is_written() {
    assertThat(setup().exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    Run noUsers = setup("--telegram-token", TOKEN);
    assertThat(noUsers.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(noUsers.err()).contains("--allowed-users");
    Run form = setup("--telegram-token", "nonsense", "--allowed-users", "7");
    assertThat(form.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(form.err()).contains("@BotFather");
    Run unknown =
        setup("--telegram-token", "999:some-other-token-of-nobody", "--allowed-users", "7");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(unknown.err()).contains("knows no bot").doesNotContain("some-other-token");
    assertThat(home.resolve("config.toml")).doesNotExist();
  }

  @Test
  void a_server_that_cannot_be_reached_is_a_network_error() {
    server.stop(0);
    Run run = setup("--telegram-token", TOKEN, "--allowed-users", "7");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(run.err()).contains(url()).doesNotContain(TOKEN);
  }

  @Test
  void somebody_who_never_started_the_bot_is_named() {
    unreachable.add(8L);
    Run run =
        setup("--telegram-token", TOKEN, "--allowed-users", "7,8", "--config-path", "" + config());
    assertThat(run.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(run.err()).contains("8 cannot be written to", "/start");
    assertThat(run.out()).contains("8 (NOT reached)");
  }

  @Test
  void inside_a_session_it_is_refused() {
    Run run = Run.aegis(Run.home(home, "AEGIS_SESSION", "/run/x"), "setup", "--non-interactive");
    assertThat(run.exitCode()).isEqualTo(ExitCode.SECURITY);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void a_wrong_token_is_asked_for_again() throws Exception {
    SetupQuestions.Bot bot =
        questions("nonsense\n999:some-other-token-of-nobody\n" + TOKEN + "\n").bot("");
    assertThat(bot.name()).isEqualTo("aegis_bot");
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("paste its token", "expected a bot token", "knows no bot");
  }

  @Test
  void whoever_sends_the_number_in_private_is_the_one_and_nobody_else() throws Exception {
    SetupQuestions questions = questions("");
    SetupQuestions.Bot bot = questions.bot(TOKEN);
    writesTheCode = true;
    assertThat(questions.people(bot, List.of())).containsExactly(7L);
    assertThat(updates).as("they are confirmed").isEmpty();
  }
}
