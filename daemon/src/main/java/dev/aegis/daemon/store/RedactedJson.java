package dev.aegis.daemon.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/** Take secrets out of the texts of a JSON value without touching its form. */
final class RedactedJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final UnaryOperator<String> redaction;

  RedactedJson(UnaryOperator<String> redaction) {
    this.redaction = redaction;
  }

  String apply(String json) throws SQLException {
    try {
      return JSON.writeValueAsString(redacted(JSON.readTree(json)));
    } catch (JsonProcessingException e) {
      throw new SQLException("a detail that is no JSON", e);
    }
  }

  private JsonNode redacted(JsonNode node) {
    if (node instanceof TextNode text) {
      return TextNode.valueOf(redaction.apply(text.textValue()));
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, redacted(array.get(i)));
      }
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(redacted(entry.getValue())));
    }
    return node;
  }
}
