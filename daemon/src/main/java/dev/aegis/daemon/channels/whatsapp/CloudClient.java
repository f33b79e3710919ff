package dev.aegis.daemon.channels.whatsapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Sends messages from one business number. Thread-safe. */
final class CloudClient {

  /** The most that the API takes. */
  static final int MOST_BUTTONS = 3;

  static final int LONGEST_TITLE = 20;
  static final int LONGEST_BODY = 1_024;
  static final int LONGEST_TEXT = 4_096;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SUCCESS = 200;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI messages;
  private final String token;
  private final CloudFailure failure;

  /**
   * A client.
   *
   * @param api address of the API with its version
   * @param number id of the business number, as the API counts them
   */
  CloudClient(URI api, String number, String token) {
    this.messages = URI.create(api.toString().replaceAll("/+$", "") + "/" + number + "/messages");
    this.token = token;
    this.failure = new CloudFailure(token);
  }

  /** A button: what it carries when it is tapped, and what stands on it. */
  record Button(String id, String title) {
    Button {
      if (title.length() > LONGEST_TITLE) {
        throw new IllegalArgumentException("longer than a title may be: " + title);
      }
    }
  }

  /** Send a text with buttons; gives the id of the message. */
  String ask(long phone, String body, List<Button> buttons) throws CloudException {
    ObjectNode message = to(phone, "interactive");
    ObjectNode interactive = message.putObject("interactive").put("type", "button");
    interactive.putObject("body").put("text", body);
    var list = interactive.putObject("action").putArray("buttons");
    buttons.forEach(
        button ->
            list.addObject()
                .put("type", "reply")
                .putObject("reply")
                .put("id", button.id())
                .put("title", button.title()));
    return send(message);
  }

  /**
   * Send a text.
   *
   * @param replyTo id of the message that it answers, or empty
   */
  String say(long phone, String body, String replyTo) throws CloudException {
    ObjectNode message = to(phone, "text");
    message.putObject("text").put("body", body).put("preview_url", false);
    if (!replyTo.isEmpty()) {
      message.putObject("context").put("message_id", replyTo);
    }
    return send(message);
  }

  private static ObjectNode to(long phone, String type) {
    return JSON.createObjectNode()
        .put("messaging_product", "whatsapp")
        .put("recipient_type", "individual")
        .put("to", Long.toString(phone))
        .put("type", type);
  }

  private String send(ObjectNode message) throws CloudException {
    HttpRequest request =
        HttpRequest.newBuilder(messages)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(message.toString()))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != SUCCESS) {
        throw failure.read(response);
      }
      return id(response.body());
    } catch (IOException e) {
      throw failure.unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure.unreachable(e);
    }
  }

  private String id(String body) throws CloudException {
    try {
      JsonNode id = JSON.readTree(body).path("messages").path(0).path("id");
      if (id.isTextual()) {
        return id.asText();
      }
    } catch (JsonProcessingException e) {
      throw failure.unreachable(e);
    }
    throw failure.unreachable(new IOException("an answer without the id of a message"));
  }
}
