package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One of the published schemas of what {@code --json} prints. */
final class Schema {

  private final JsonSchema schema;

  private Schema(JsonSchema schema) {
    this.schema = schema;
  }

  static Schema named(String name) {
    Path file = Path.of("..", "docs", "schemas", name + ".json").toAbsolutePath().normalize();
    return new Schema(
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(com.networknt.schema.SchemaLocation.of(file.toUri().toString())));
  }

  /** Say what is wrong with a text: nothing, when it is one value of this schema. */
  List<String> complaints(String json) throws IOException {
    ObjectMapper strict =
        new ObjectMapper()
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    JsonNode value = strict.readTree(json);
    return schema.validate(value).stream().map(Object::toString).toList();
  }
}
