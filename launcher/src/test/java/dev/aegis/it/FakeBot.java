package dev.aegis.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** As much of a Bot API server as the built product needs, with one chat that a test reads. */
final class FakeBot implements AutoCloseable {

  static final String TOKEN = "12345:token-of-the-tests";
  static final long ADMIN = 7;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long POLL_MS = 500;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<ObjectNode> updates = new ArrayList<>();
  private final Map<Integer, JsonNode> messages = new LinkedHashMap<>();
  private final List<String> answers = new ArrayList<>();
  private int nextUpdate = 1;

  FakeBot() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The part of config.toml that names this server; denials need no reason. */
  String toml() {
    return toml(0);
  }

  /** The part of config.toml that names this server, and how long a denial waits for its reason. */
  String toml(int reasonSeconds) {
    return """
    [telegram]
    bot_token = "%s"
    allowed_users = [%d]
    admins = [%d]
    api_url = "%s"
    deny_reason_seconds = %d
    """
        .formatted(TOKEN, ADMIN, ADMIN, url(), reasonSeconds);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String method = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
      byte[] read = exchange.getRequestBody().readAllBytes();
      JsonNode body = read.length == 0 ? JSON.createObjectNode() : JSON.readTree(read);
      ObjectNode answer = JSON.createObjectNode().put("ok", true);
      answer.set("result", result(method, body));
      byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized JsonNode result(String method, JsonNode body) throws InterruptedException {
    return switch (method) {
      case "getme" ->
          JSON.createObjectNode()
              .put("id", 1)
              .put("is_bot", true)
              .put("first_name", "Aegis")
              .put("username", "aegis_it_bot");
      case "getupdates" -> poll(body.path("offset").asInt());
      case "sendmessage" -> keep(messages.size() + 1, body);
      case "editmessagetext" -> keep(body.path("message_id").asInt(), body);
      case "deliver" ->
          tap(body.path("user").asLong(), body.path("message").asInt(), body.path("data").asText());
      case "answercallbackquery" -> {
        answers.add(body.path("text").asText());
        yield JSON.getNodeFactory().booleanNode(true);
      }
      default -> JSON.getNodeFactory().booleanNode(true);
    };
  }

  private ArrayNode poll(int offset) throws InterruptedException {
    updates.removeIf(update -> update.path("update_id").asInt() < offset);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(POLL_MS);
    while (updates.isEmpty() && System.nanoTime() < end) {
      wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }
    ArrayNode result = JSON.createArrayNode();
    updates.forEach(result::add);
    return result;
  }

  private JsonNode keep(int number, JsonNode body) {
    messages.put(number, body);
    return message(number);
  }

  private static ObjectNode message(int number) {
    ObjectNode message = JSON.createObjectNode();
    message.put("message_id", number).put("date", 1_700_000_000);
    message.putObject("chat").put("id", ADMIN).put("type", "private");
    return message;
  }

  private ObjectNode tap(long user, int message, String data) {
    ObjectNode query = JSON.createObjectNode();
    query.put("id", "q" + nextUpdate).put("chat_instance", "x").put("data", data);
    query.set("from", person(user));
    query.set("message", message(message));
    return deliver("callback_query", query);
  }

  private static ObjectNode person(long user) {
    return JSON.createObjectNode().put("id", user).put("is_bot", false).put("first_name", "Ana");
  }

  private ObjectNode deliver(String kind, ObjectNode content) {
    ObjectNode update = JSON.createObjectNode().put("update_id", nextUpdate++);
    update.set(kind, content);
    updates.add(update);
    notifyAll();
    return update;
  }

  /** The person of the chat replies to a message. */
  synchronized void reply(Shown shown, String text) {
    ObjectNode said = message(10_000 + nextUpdate).put("text", text);
    said.set("from", person(ADMIN));
    said.set("reply_to_message", message(shown.number()));
    ObjectNode unused = deliver("message", said);
  }

  /** The person of the chat taps a button. */
  synchronized void tap(Shown shown, String button) {
    ObjectNode unused = tap(ADMIN, shown.number(), shown.data(button));
  }

  /** A message as the chat shows it. */
  record Shown(int number, String text, JsonNode buttons) {

    /** Return what a button carries. */
    String data(String button) {
      for (JsonNode row : buttons) {
        for (JsonNode one : row) {
          if (one.path("text").asText().equals(button)) {
            return one.path("callback_data").asText();
          }
        }
      }
      throw new AssertionError("no button " + button + " in " + buttons);
    }
  }

  synchronized List<String> answers() {
    return List.copyOf(answers);
  }

  /** Wait for a message. */
  Shown awaitShown(Predicate<Shown> what) {
    return Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(() -> shown().stream().filter(what).findFirst(), java.util.Optional::isPresent)
        .orElseThrow();
  }

  private synchronized List<Shown> shown() {
    return messages.entrySet().stream()
        .map(
            one ->
                new Shown(
                    one.getKey(),
                    one.getValue().path("text").asText(),
                    one.getValue().path("reply_markup").path("inline_keyboard")))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
