package dev.aegis.daemon.channels.whatsapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aegis.daemon.channels.whatsapp.CloudException.Kind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** Reads what the Cloud API answers when it refuses. */
final class CloudFailure {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration UNSAID = Duration.ofSeconds(5);
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /* Codes of the documentation: of the application, the account, the pair of numbers, the API. */
  private static final Set<Integer> TOO_MANY =
      Set.of(4, 80_007, 130_429, 131_048, 131_056, 133_016);
  private static final Set<Integer> TOKEN = Set.of(0, 3, 10, 190);
  private static final Set<Integer> SILENT = Set.of(131_047, 131_026, 470);

  private final String token;

  CloudFailure(String token) {
    this.token = token;
  }

  CloudException read(HttpResponse<String> response) {
    JsonNode error = parsed(response.body()).path("error");
    int code = error.path("code").asInt(-1);
    Kind kind = kind(response.statusCode(), code);
    Duration asked =
        response
            .headers()
            .firstValue("retry-after")
            .filter(text -> text.matches("[0-9]{1,5}"))
            .map(text -> Duration.ofSeconds(Long.parseLong(text)))
            .orElse(kind == Kind.TOO_MANY ? UNSAID : Duration.ZERO);
    String said = error.path("message").asText(response.body());
    return new CloudException(
        kind,
        asked,
        hidden(
            "%d %s%s".formatted(response.statusCode(), said, code < 0 ? "" : " (" + code + ")")));
  }

  CloudException unreachable(Exception cause) {
    return new CloudException(
        Kind.UNREACHABLE,
        Duration.ZERO,
        hidden(cause.getClass().getSimpleName() + ": " + cause.getMessage()));
  }

  private static Kind kind(int status, int code) {
    if (status == TOO_MANY_REQUESTS || TOO_MANY.contains(code)) {
      return Kind.TOO_MANY;
    }
    if (SILENT.contains(code)) {
      return Kind.SILENT;
    }
    if (status == UNAUTHORIZED || status == FORBIDDEN || TOKEN.contains(code)) {
      return Kind.TOKEN;
    }
    return status >= SERVER_ERROR ? Kind.UNREACHABLE : Kind.REFUSED;
  }

  private static JsonNode parsed(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private String hidden(String text) {
    String safe = text.replace(token, "(token)");
    return safe.length() > 300 ? safe.substring(0, 300) : safe;
  }
}
