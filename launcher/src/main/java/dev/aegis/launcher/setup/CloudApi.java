package dev.aegis.launcher.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls about one business number to WhatsApp's Cloud API. */
public final class CloudApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SUCCESS = 200;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI server;

  /**
   * Calls to one server.
   *
   * @param server address of the API with its version
   */
  public CloudApi(URI server) {
    this.server = server;
  }

  /** What the server said of a number. */
  public sealed interface Answer {

    /**
     * The number is there, and the token may use it.
     *
     * @param shown as people write it
     */
    record Known(String shown, String name) implements Answer {}

    /** The token or the number is wrong. */
    record Refused(String why) implements Answer {}

    /** There was no answer that can be understood. */
    record Unreachable(String why) implements Answer {}
  }

  /** Ask for a number by its id. */
  public Answer number(String id, String token) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      server.toString().replaceAll("/+$", "")
                          + "/"
                          + id
                          + "?fields=display_phone_number,verified_name"))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + token)
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(response.body());
      return response.statusCode() == SUCCESS
          ? new Answer.Known(
              answer.path("display_phone_number").asText(id), answer.path("verified_name").asText())
          : new Answer.Refused(
              answer
                  .path("error")
                  .path("message")
                  .asText("it answers " + response.statusCode())
                  .replace(token, "(token)"));
    } catch (JsonProcessingException e) {
      return new Answer.Unreachable("it answers something that is no JSON");
    } catch (IOException e) {
      return new Answer.Unreachable(
          (e.getClass().getSimpleName() + ": " + e.getMessage()).replace(token, "(token)"));
    } catch (IllegalArgumentException e) {
      return new Answer.Refused("this is not the form of a token or of a number's id");
    }
  }
}
