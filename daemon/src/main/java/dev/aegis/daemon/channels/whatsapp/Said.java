package dev.aegis.daemon.channels.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody said: a tap on a button, or a text.
 *
 * @param phone who, by their number
 * @param name as they call themselves
 * @param id of the message, the same when it is delivered again
 * @param answers id of the message that it answers, empty when none
 * @param button what the tapped button carries; empty for a text
 * @param text what was written, or what stands on the button
 */
record Said(
    long phone, String name, String id, String answers, Optional<String> button, String text) {

  /** Read everything that was said to one business number out of the body of a webhook. */
  static List<Said> in(JsonNode body, String number) {
    List<Said> all = new ArrayList<>();
    for (JsonNode entry : body.path("entry")) {
      for (JsonNode change : entry.path("changes")) {
        JsonNode value = change.path("value");
        if (value.path("metadata").path("phone_number_id").asText().equals(number)) {
          String name = value.path("contacts").path(0).path("profile").path("name").asText("");
          value.path("messages").forEach(message -> of(message, name).ifPresent(all::add));
        }
      }
    }
    return all;
  }

  private static Optional<Said> of(JsonNode message, String name) {
    String from = message.path("from").asText();
    if (!from.matches("[0-9]{5,18}")) {
      return Optional.empty();
    }
    JsonNode reply = message.path("interactive").path("button_reply");
    Optional<String> button =
        reply.path("id").isTextual() ? Optional.of(reply.path("id").asText()) : Optional.empty();
    String text =
        button.isPresent()
            ? reply.path("title").asText()
            : message.path("text").path("body").asText();
    return Optional.of(
        new Said(
            Long.parseLong(from),
            name,
            message.path("id").asText(),
            message.path("context").path("id").asText(),
            button,
            text));
  }
}
