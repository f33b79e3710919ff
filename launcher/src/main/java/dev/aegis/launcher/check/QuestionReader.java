package dev.aegis.launcher.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one line of a batch. */
final class QuestionReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> KEYS =
      new TreeSet<>(Set.of("id", "command", "argv", "tool", "path", "cwd", "home"));

  private QuestionReader() {}

  static CheckRequest read(String line) throws BadQuestionException {
    JsonNode value;
    try {
      value = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new BadQuestionException("not JSON: " + e.getOriginalMessage());
    }
    if (value == null || !value.isObject()) {
      throw new BadQuestionException("expected a JSON object");
    }
    for (String key : (Iterable<String>) value::fieldNames) {
      if (!KEYS.contains(key)) {
        throw new BadQuestionException(
            "unknown key \"" + key + "\"; expected " + String.join(", ", KEYS));
      }
    }
    return new CheckRequest(id(value), subject(value), text(value, "cwd"), text(value, "home"));
  }

  /** Return the id of a line, as far as it can be read; for answers to broken questions. */
  static Optional<Object> idOf(String line) {
    try {
      JsonNode value = MAPPER.readTree(line);
      return value == null ? Optional.empty() : id(value);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> id(JsonNode value) {
    JsonNode id = value.path("id");
    return id.isMissingNode() || id.isNull() ? Optional.empty() : Optional.of(id);
  }

  private static CheckRequest.Subject subject(JsonNode value) throws BadQuestionException {
    int given =
        (value.has("command") ? 1 : 0) + (value.has("argv") ? 1 : 0) + (value.has("tool") ? 1 : 0);
    if (given != 1) {
      throw new BadQuestionException("expected exactly one of command, argv, or tool with path");
    }
    if (value.has("command")) {
      return new CheckRequest.Command(required(value, "command"));
    }
    if (value.has("argv")) {
      return new CheckRequest.Vector(words(value.path("argv")));
    }
    String tool = required(value, "tool");
    if (tool.equals("bash") || tool.equals("execute")) {
      throw new BadQuestionException("\"tool\" is " + tool + "; give a \"command\" instead");
    }
    return new CheckRequest.File(tool, required(value, "path"));
  }

  private static List<String> words(JsonNode array) throws BadQuestionException {
    List<String> words = new ArrayList<>();
    for (JsonNode word : array) {
      if (!word.isTextual()) {
        throw new BadQuestionException("\"argv\" holds " + word + "; expected strings");
      }
      words.add(word.textValue());
    }
    if (words.isEmpty()) {
      throw new BadQuestionException("\"argv\" is empty; expected a program and its arguments");
    }
    return words;
  }

  private static String required(JsonNode value, String key) throws BadQuestionException {
    return text(value, key)
        .orElseThrow(() -> new BadQuestionException("\"" + key + "\" is missing"));
  }

  private static Optional<String> text(JsonNode value, String key) throws BadQuestionException {
    JsonNode node = value.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      throw new BadQuestionException("\"" + key + "\" is " + node + "; expected a string");
    }
    return Optional.of(node.textValue());
  }
}
