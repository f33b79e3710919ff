package dev.aegis.daemon.core;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /health} on the loopback interface: 200 when decisions can be recorded, 503 when not.
 * It tells nothing else, for anybody on this machine may ask.
 */
final class HealthEndpoint implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HealthEndpoint.class);
  private static final String PATH = "/health";

  private final HttpServer server;

  private HealthEndpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Listen.
   *
   * @param port 0 for any free one
   * @return empty when the port is taken, which is no reason to be without protection
   */
  static Optional<HealthEndpoint> start(int port, BooleanSupplier healthy) throws IOException {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext("/", exchange -> answer(exchange, healthy));
      server.start();
      LOG.info("health check at http://127.0.0.1:{}{}", server.getAddress().getPort(), PATH);
      return Optional.of(new HealthEndpoint(server));
    } catch (BindException e) {
      LOG.warn(
          "port {} is taken, so there is no health check: set daemon.port, or 0 for any", port);
      return Optional.empty();
    }
  }

  private static void answer(HttpExchange exchange, BooleanSupplier healthy) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        respond(exchange, 404, "{\"error\":\"not found\"}");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        respond(exchange, 405, "{\"error\":\"only GET\"}");
      } else if (healthy.getAsBoolean()) {
        respond(exchange, 200, "{\"status\":\"ok\"}");
      } else {
        respond(exchange, 503, "{\"status\":\"failing\"}");
      }
    }
  }

  private static void respond(HttpExchange exchange, int code, String json) throws IOException {
    byte[] body = (json + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
