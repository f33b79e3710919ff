package dev.aegis.daemon.channels.whatsapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what people say, on the loopback interface: a tunnel or reverse proxy of the user's
 * brings it here. What is not signed by Meta is refused before it is read. Success is answered when
 * the effect is on the disk; anything else is delivered again.
 */
final class Webhook implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
  private static final String PATH = "/whatsapp";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LARGEST_BODY = 1024 * 1024;
  private static final long PATIENCE_SECONDS = 10;
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "aegis-whatsapp-hook");
            thread.setDaemon(true);
            return thread;
          });
  private final String verifyToken;
  private final Signature signature;
  private final Function<JsonNode, CompletableFuture<?>> consumer;

  private Webhook(
      HttpServer server,
      String verifyToken,
      Signature signature,
      Function<JsonNode, CompletableFuture<?>> consumer) {
    this.server = server;
    this.verifyToken = verifyToken;
    this.signature = signature;
    this.consumer = consumer;
  }

  /**
   * Listen.
   *
   * @param port 0 for any free one
   * @param consumer gives a future that completes when nothing of the body can be lost any more
   * @throws IOException when the port is taken
   */
  static Webhook start(
      int port,
      String verifyToken,
      Signature signature,
      Function<JsonNode, CompletableFuture<?>> consumer)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    Webhook webhook = new Webhook(server, verifyToken, signature, consumer);
    server.setExecutor(webhook.threads);
    server.createContext("/", webhook::handle);
    server.start();
    LOG.info("WhatsApp: the webhook is http://127.0.0.1:{}{}", webhook.port(), PATH);
    return webhook;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        respond(exchange, 404, "not found");
      } else if (exchange.getRequestMethod().equals("GET")) {
        verify(exchange);
      } else if (exchange.getRequestMethod().equals("POST")) {
        receive(exchange);
      } else {
        exchange.getResponseHeaders().set("Allow", "GET, POST");
        respond(exchange, 405, "only GET and POST");
      }
    }
  }

  /* Meta asks once, when the webhook is set up. */
  private void verify(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    boolean ours =
        "subscribe".equals(query.get("hub.mode"))
            && MessageDigest.isEqual(
                verifyToken.getBytes(StandardCharsets.UTF_8),
                query.getOrDefault("hub.verify_token", "").getBytes(StandardCharsets.UTF_8));
    if (ours) {
      respond(exchange, 200, query.getOrDefault("hub.challenge", ""));
    } else {
      LOG.warn("WhatsApp: a verification of the webhook without whatsapp.verify_token");
      respond(exchange, 403, "not the verify token");
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] pair = part.split("=", 2);
      query.put(decoded(pair[0]), pair.length < 2 ? "" : decoded(pair[1]));
    }
    return query;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      respond(exchange, 413, "too large");
    } else if (!signature.signs(body, exchange.getRequestHeaders().getFirst(Signature.HEADER))) {
      LOG.warn("WhatsApp: a delivery that Meta has not signed is refused");
      respond(exchange, 401, "not signed");
    } else {
      take(exchange, body);
    }
  }

  private void take(HttpExchange exchange, byte[] body) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      LOG.warn("WhatsApp: a signed delivery is no JSON: {}", e.getOriginalMessage());
      respond(exchange, 400, "no JSON");
      return;
    }
    try {
      consumer.apply(json).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      respond(exchange, 200, "ok");
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.error("WhatsApp: what was said could not be dealt with and is delivered again", e);
      respond(exchange, 500, "try again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      respond(exchange, 503, "stopping");
    }
  }

  private static void respond(HttpExchange exchange, int code, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
