package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** The JSON of the control socket: snake_case keys, RFC 3339 times, null for what is not known. */
final class Json {

  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode texts(Collection<?> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> array.add(value.toString()));
    return array;
  }

  static <T> ArrayNode array(Collection<T> values, Function<T, ? extends JsonNode> writer) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> array.add(writer.apply(value)));
    return array;
  }

  static String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }

  static String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
