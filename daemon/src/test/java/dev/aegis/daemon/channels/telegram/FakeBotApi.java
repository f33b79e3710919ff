package dev.aegis.daemon.channels.telegram;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A server that speaks the Bot API over HTTP, with chats to look into and faults to order. */
final class FakeBotApi implements AutoCloseable {

  static final String TOKEN = "12345:test-token-of-the-tests";
  private static final int SLOW = -1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<ObjectNode> updates = new ArrayList<>();
  private final Map<String, Shown> chats = new LinkedHashMap<>();
  private final ConcurrentLinkedDeque<Fault> faults = new ConcurrentLinkedDeque<>();
  final List<Call> calls = new CopyOnWriteArrayList<>();
  private int nextUpdate = 100;
  private int nextMessage = 1;
  private int confirmed;
  private final Map<Integer, ObjectNode> delivered = new LinkedHashMap<>();
  private final List<ObjectNode> repeats = new ArrayList<>();
  private boolean twice;
  private boolean backwards;

  /** A call that arrived. */
  record Call(String method, JsonNode body, long nanos) {}

  /** A message as the chat shows it now. */
  record Shown(long chat, int number, String text, JsonNode markup) {
    List<String> buttons() {
      List<String> texts = new ArrayList<>();
      markup
          .path("inline_keyboard")
          .forEach(row -> row.forEach(button -> texts.add(button.path("text").asText())));
      return texts;
    }

    String data(String button) {
      for (JsonNode row : markup.path("inline_keyboard")) {
        for (JsonNode one : row) {
          if (one.path("text").asText().equals(button)) {
            return one.path("callback_data").asText();
          }
        }
      }
      throw new AssertionError("no button " + button + " in " + buttons());
    }
  }

  /** What happens to the next call of a method instead of its answer. */
  record Fault(String method, int code, String body, boolean carriedOut) {
    static Fault tooMany(String method, int seconds) {
      return new Fault(
          method,
          429,
          "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after %d\",\"parameters\":{\"retry_after\":%d}}"
              .formatted(seconds, seconds),
          false);
    }

    static Fault conflict() {
      return new Fault(
          "getupdates",
          409,
          "{\"ok\":false,\"error_code\":409,\"description\":\"Conflict: terminated by other getUpdates request\"}",
          false);
    }

    static Fault badGateway(String method) {
      return new Fault(method, 502, "<html>Bad Gateway</html>", false);
    }

    /** The server does what it is asked, and takes its time. */
    static Fault slow(String method) {
      return new Fault(method, SLOW, "", true);
    }

    /** The server does what it is asked, and the answer never arrives. */
    static Fault cutAfter(String method) {
      return new Fault(method, 0, "", true);
    }
  }

  FakeBotApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void next(Fault fault) {
    faults.add(fault);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String prefix = "/bot" + TOKEN + "/";
      String path = exchange.getRequestURI().getPath();
      byte[] read = exchange.getRequestBody().readAllBytes();
      if (!path.startsWith(prefix)) {
        respond(exchange, 401, error(401, "Unauthorized"));
        return;
      }
      String method = path.substring(prefix.length()).toLowerCase(java.util.Locale.ROOT);
      JsonNode body = read.length == 0 ? JSON.createObjectNode() : JSON.readTree(read);
      calls.add(new Call(method, body, System.nanoTime()));
      Fault fault =
          faults.stream().filter(one -> one.method().equals(method)).findFirst().orElse(null);
      if (fault != null && faults.remove(fault)) {
        if (fault.carriedOut()) {
          ObjectNode answer = answer(method, body);
          if (fault.code() == SLOW) {
            TimeUnit.SECONDS.sleep(2);
            respond(exchange, 200, answer.toString());
            return;
          }
        }
        if (fault.code() != 0) {
          respond(exchange, fault.code(), fault.body());
        }
        return;
      }
      ObjectNode answer = answer(method, body);
      respond(exchange, answer.path("ok").asBoolean() ? 200 : 400, answer.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String error(int code, String description) {
    return "{\"ok\":false,\"error_code\":%d,\"description\":\"%s\"}".formatted(code, description);
  }

  private static void respond(HttpExchange exchange, int code, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private ObjectNode answer(String method, JsonNode body) throws InterruptedException {
    ObjectNode answer = JSON.createObjectNode().put("ok", true);
    switch (method) {
      case "getme" ->
          answer
              .putObject("result")
              .put("id", 1)
              .put("is_bot", true)
              .put("first_name", "Aegis")
              .put("username", "aegis_test_bot");
      case "getupdates" -> answer.set("result", poll(body));
      case "sendmessage" -> answer.set("result", send(body));
      case "editmessagetext" -> {
        return edit(body, answer);
      }
      default -> answer.put("result", true);
    }
    return answer;
  }

  private synchronized ArrayNode poll(JsonNode body) throws InterruptedException {
    int offset = body.path("offset").asInt();
    confirmed = Math.max(confirmed, offset);
    updates.removeIf(update -> update.path("update_id").asInt() < offset);
    long end = System.nanoTime() + Duration.ofSeconds(body.path("timeout").asInt()).toNanos();
    while (updates.isEmpty() && repeats.isEmpty() && System.nanoTime() < end) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
    ArrayNode result = JSON.createArrayNode();
    List<ObjectNode> sent = new ArrayList<>(repeats);
    sent.addAll(updates);
    repeats.clear();
    if (twice && !updates.isEmpty()) {
      sent.addAll(updates);
      twice = false;
    }
    if (backwards && sent.size() > 1) {
      Collections.reverse(sent);
      backwards = false;
    }
    sent.forEach(result::add);
    return result;
  }

  private synchronized ObjectNode send(JsonNode body) {
    int number = nextMessage++;
    long chat = body.path("chat_id").asLong();
    chats.put(
        chat + "/" + number,
        new Shown(chat, number, body.path("text").asText(), body.path("reply_markup")));
    return message(chat, number);
  }

  private synchronized ObjectNode edit(JsonNode body, ObjectNode answer) {
    long chat = body.path("chat_id").asLong();
    int number = body.path("message_id").asInt();
    Shown before = chats.get(chat + "/" + number);
    Shown after = new Shown(chat, number, body.path("text").asText(), body.path("reply_markup"));
    if (after.equals(before)) {
      return answer
          .put("ok", false)
          .put("error_code", 400)
          .put("description", "Bad Request: message is not modified: it is the same");
    }
    chats.put(chat + "/" + number, after);
    answer.set("result", message(chat, number));
    return answer;
  }

  private static ObjectNode message(long chat, int number) {
    ObjectNode message = JSON.createObjectNode();
    message.put("message_id", number).put("date", 1_700_000_000);
    message.putObject("chat").put("id", chat).put("type", chat < 0 ? "supergroup" : "private");
    return message;
  }

  private static ObjectNode user(long id, String name) {
    return JSON.createObjectNode().put("id", id).put("is_bot", false).put("first_name", name);
  }

  /** Somebody taps a button that a message shows. */
  int tap(long user, Shown message, String button) {
    return tapData(user, message.chat(), message.number(), message.data(button));
  }

  /** Somebody's client sends a tap with data of its own. */
  int tapData(long user, long chat, int number, String data) {
    ObjectNode query = JSON.createObjectNode();
    query.put("id", "q" + nextUpdate).put("chat_instance", "x").put("data", data);
    query.set("from", user(user, "Ana"));
    query.set("message", message(chat, number));
    ObjectNode update = JSON.createObjectNode();
    update.set("callback_query", query);
    return deliver(update);
  }

  /** Somebody writes. */
  int say(long user, long chat, String text, int replyTo) {
    ObjectNode message = message(chat, 10_000 + nextUpdate);
    message.put("text", text);
    message.set("from", user(user, "Ana"));
    if (replyTo > 0) {
      message.set("reply_to_message", message(chat, replyTo));
    }
    ObjectNode update = JSON.createObjectNode();
    update.set("message", message);
    return deliver(update);
  }

  synchronized int deliver(ObjectNode update) {
    int id = nextUpdate++;
    update.put("update_id", id);
    updates.add(update);
    delivered.put(id, update);
    notifyAll();
    return id;
  }

  /** Deliver an update again under the number it had. */
  synchronized void repeat(int update) {
    repeats.add(delivered.get(update));
    notifyAll();
  }

  /** Deliver what comes next twice. */
  synchronized void deliverNextTwice() {
    twice = true;
  }

  /** Deliver the next updates that come together the other way round. */
  synchronized void deliverBackwards() {
    backwards = true;
  }

  synchronized List<ObjectNode> undelivered() {
    return List.copyOf(updates);
  }

  synchronized int confirmed() {
    return confirmed;
  }

  synchronized List<Shown> shown(long chat) {
    return chats.values().stream().filter(one -> one.chat() == chat).toList();
  }

  /** Wait for a message of a chat that shows something. */
  Shown awaitShown(long chat, Predicate<Shown> what) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> shown(chat).stream().filter(what).findFirst(), java.util.Optional::isPresent)
        .orElseThrow();
  }

  List<Call> callsOf(String method) {
    return calls.stream().filter(call -> call.method().equals(method)).toList();
  }

  /** Return the text that answers the tap of an update, once it is there. */
  java.util.Optional<String> answerTo(int update) {
    return callsOf("answercallbackquery").stream()
        .filter(c -> c.body().path("callback_query_id").asText().equals("q" + update))
        .map(c -> c.body().path("text").asText())
        .findFirst();
  }

  /** Wait for the text that answers the tap of an update. */
  String awaitAnswer(int update) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> answerTo(update), java.util.Optional::isPresent)
        .orElseThrow();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
