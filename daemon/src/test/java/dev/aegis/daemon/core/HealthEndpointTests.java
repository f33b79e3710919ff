package dev.aegis.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthEndpointTests {

  private final AtomicBoolean healthy = new AtomicBoolean(true);

  @Test
  void health_is_200_or_503_and_everything_else_is_refused() throws Exception {
    try (HealthEndpoint endpoint = HealthEndpoint.start(0, healthy::get).orElseThrow()) {
      assertThat(status(endpoint, "GET", "/health")).isEqualTo(200);
      healthy.set(false);
      assertThat(status(endpoint, "GET", "/health")).isEqualTo(503);
      assertThat(status(endpoint, "POST", "/health")).isEqualTo(405);
      assertThat(status(endpoint, "GET", "/")).isEqualTo(404);
      assertThat(status(endpoint, "GET", "/health/../approvals")).isEqualTo(404);
    }
  }

  @Test
  void a_taken_port_is_no_reason_to_fail() throws Exception {
    try (HealthEndpoint first = HealthEndpoint.start(0, healthy::get).orElseThrow()) {
      assertThat(HealthEndpoint.start(first.port(), healthy::get)).isEmpty();
    }
  }

  private static int status(HealthEndpoint endpoint, String method, String path)
      throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + endpoint.port() + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setRequestMethod(method);
    return connection.getResponseCode();
  }
}
