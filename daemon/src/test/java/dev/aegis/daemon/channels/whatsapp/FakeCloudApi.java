package dev.aegis.daemon.channels.whatsapp;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A server that speaks the Cloud API over HTTP and delivers to a webhook, signed as Meta does. */
final class FakeCloudApi implements AutoCloseable {

  static final String TOKEN = "EAAtestTokenOfTheTests";
  static final String SECRET = "app-secret-of-the-tests";
  static final String VERIFY = "verify-token-of-the-tests";
  static final String NUMBER = "106540352242922";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedDeque<Fault> faults = new ConcurrentLinkedDeque<>();
  private int number;

  /** A message that arrived at a phone. */
  record Sent(String id, long phone, JsonNode json, long nanos) {
    String text() {
      return json.path("type").asText().equals("interactive")
          ? json.path("interactive").path("body").path("text").asText()
          : json.path("text").path("body").asText();
    }

    String answers() {
      return json.path("context").path("message_id").asText();
    }

    List<String> buttons() {
      List<String> titles = new ArrayList<>();
      json.path("interactive")
          .path("action")
          .path("buttons")
          .forEach(button -> titles.add(button.path("reply").path("title").asText()));
      return titles;
    }

    String data(String title) {
      for (JsonNode button : json.path("interactive").path("action").path("buttons")) {
        if (button.path("reply").path("title").asText().equals(title)) {
          return button.path("reply").path("id").asText();
        }
      }
      throw new AssertionError("no button " + title + " in " + buttons());
    }
  }

  /** What happens to the next message instead of its answer; code 0 cuts the connection. */
  record Fault(int code, String body, boolean arrives) {}

  FakeCloudApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v23.0");
  }

  void next(int code, int error, String message) {
    faults.add(
        new Fault(
            code, "{\"error\":{\"message\":\"%s\",\"code\":%d}}".formatted(message, error), false));
  }

  void cutAfterNext() {
    faults.add(new Fault(0, "", true));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] read = exchange.getRequestBody().readAllBytes();
      boolean ours =
          exchange.getRequestURI().getPath().equals("/v23.0/" + NUMBER + "/messages")
              && ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      Fault fault = faults.poll();
      if (!ours) {
        respond(exchange, 401, "{\"error\":{\"message\":\"Invalid OAuth\",\"code\":190}}");
      } else if (fault == null) {
        respond(exchange, 200, answer(arrived(JSON.readTree(read))));
      } else {
        if (fault.arrives()) {
          Sent unused = arrived(JSON.readTree(read));
        }
        if (fault.code() != 0) {
          respond(exchange, fault.code(), fault.body());
        }
      }
    }
  }

  private synchronized Sent arrived(JsonNode json) {
    Sent one = new Sent("wamid." + ++number, json.path("to").asLong(), json, System.nanoTime());
    sent.add(one);
    return one;
  }

  private static String answer(Sent sent) {
    ObjectNode answer = JSON.createObjectNode().put("messaging_product", "whatsapp");
    answer.putArray("messages").addObject().put("id", sent.id());
    return answer.toString();
  }

  private static void respond(HttpExchange exchange, int code, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  List<Sent> sent(long phone) {
    return sent.stream().filter(one -> one.phone() == phone).toList();
  }

  Sent awaitSent(long phone, Predicate<Sent> what) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> sent(phone).stream().filter(what).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  /** A body as Meta delivers a tap. */
  static String tap(String id, long phone, String data, String answers) {
    ObjectNode message = JSON.createObjectNode();
    message.put("from", Long.toString(phone)).put("id", id).put("type", "interactive");
    message.putObject("context").put("id", answers);
    message
        .putObject("interactive")
        .put("type", "button_reply")
        .putObject("button_reply")
        .put("id", data)
        .put("title", "x");
    return delivery(message);
  }

  /** A body as Meta delivers a text. */
  static String text(String id, long phone, String text) {
    ObjectNode message = JSON.createObjectNode();
    message.put("from", Long.toString(phone)).put("id", id).put("type", "text");
    message.putObject("text").put("body", text);
    return delivery(message);
  }

  private static String delivery(ObjectNode message) {
    ObjectNode body = JSON.createObjectNode().put("object", "whatsapp_business_account");
    ObjectNode value =
        body.putArray("entry").addObject().putArray("changes").addObject().putObject("value");
    value.putObject("metadata").put("phone_number_id", NUMBER);
    value.putArray("contacts").addObject().putObject("profile").put("name", "Ana");
    value.putArray("messages").add(message);
    return body.toString();
  }

  /** Deliver a body with Meta's signature; gives the status. */
  int deliver(int port, String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return deliver(port, body, new Signature(SECRET).of(bytes));
  }

  int deliver(int port, String body, String signature) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/whatsapp"))
            .header(Signature.HEADER, signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  HttpResponse<String> get(int port, String query) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/whatsapp?" + query))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
