package dev.aegis.launcher.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls of one bot to a Bot API server. */
public final class BotApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String base;
  private final String token;

  /**
   * The calls of a bot.
   *
   * @param server scheme, host and port of the Bot API server
   */
  public BotApi(URI server, String token) {
    this.base = server.toString().replaceAll("/+$", "") + "/bot" + token + "/";
    this.token = token;
  }

  /** Return the bot's name, without its {@code @}. */
  public String name() throws BotApiException, InterruptedException {
    return call("getMe", JSON.createObjectNode(), PATIENCE).path("username").asText();
  }

  /** Send a text to a person who has started the bot. */
  public void send(long person, String text) throws BotApiException, InterruptedException {
    JsonNode unused =
        call(
            "sendMessage",
            JSON.createObjectNode().put("chat_id", person).put("text", text),
            PATIENCE);
  }

  /**
   * Wait for updates.
   *
   * @param offset number of the first one that was not seen
   * @return an array, empty when none came in time
   */
  JsonNode updates(long offset, Duration wait) throws BotApiException, InterruptedException {
    ObjectNode arguments =
        JSON.createObjectNode().put("offset", offset).put("timeout", wait.toSeconds());
    arguments.putArray("allowed_updates").add("message");
    return call("getUpdates", arguments, wait.plus(PATIENCE));
  }

  private JsonNode call(String method, JsonNode arguments, Duration patience)
      throws BotApiException, InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + method))
              .timeout(patience)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(arguments.toString()))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(response.body());
      if (answer.path("ok").asBoolean()) {
        return answer.path("result");
      }
      throw new BotApiException(
          answer.path("error_code").asInt(response.statusCode()),
          answer.path("description").asText("an answer without a reason"));
    } catch (JsonProcessingException e) {
      throw new BotApiException(0, "the Bot API server answers something that is no JSON");
    } catch (IOException e) {
      String said = e.getClass().getSimpleName() + ": " + e.getMessage();
      throw new BotApiException(0, said.replace(token, "(token)"));
    } catch (IllegalArgumentException e) {
      throw new BotApiException(BotApiException.UNKNOWN_TOKEN, "this is not the form of a token");
    }
  }
}
