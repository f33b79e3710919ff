package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of one call, each checked as it is taken. */
final class Arguments {

  private final JsonNode request;

  Arguments(JsonNode request) {
    this.request = request;
  }

  String text(String name) throws RefusedCall {
    return optionalText(name).orElseThrow(() -> unexpected(name, "a string"));
  }

  Optional<String> optionalText(String name) throws RefusedCall {
    JsonNode value = request.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw unexpected(name, "a string");
    }
    return Optional.of(value.textValue());
  }

  /** Take one of several words. */
  String word(String name, List<String> words) throws RefusedCall {
    String word = text(name);
    if (!words.contains(word)) {
      throw unexpected(name, "one of " + String.join(", ", words));
    }
    return word;
  }

  Path path(String name) throws RefusedCall {
    return absolute(name, text(name));
  }

  Optional<Path> optionalPath(String name) throws RefusedCall {
    Optional<String> text = optionalText(name);
    return text.isEmpty() ? Optional.empty() : Optional.of(absolute(name, text.get()));
  }

  List<Path> paths(String name) throws RefusedCall {
    List<Path> paths = new ArrayList<>();
    for (String text : texts(name)) {
      paths.add(absolute(name, text));
    }
    return paths;
  }

  private Path absolute(String name, String text) throws RefusedCall {
    if (text.indexOf('\0') >= 0 || !text.startsWith("/")) {
      throw unexpected(name, "an absolute path");
    }
    return Path.of(text);
  }

  List<String> texts(String name) throws RefusedCall {
    JsonNode value = request.path(name);
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw unexpected(name, "a list of strings");
      }
      texts.add(element.textValue());
    }
    if (!value.isArray()) {
      throw unexpected(name, "a list of strings");
    }
    return texts;
  }

  /** Take a flag; absent means false. */
  boolean flag(String name) throws RefusedCall {
    JsonNode value = request.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw unexpected(name, "true or false");
    }
    return value.asBoolean(false);
  }

  long number(String name, long least, long most) throws RefusedCall {
    return optionalNumber(name, least, most).orElseThrow(() -> unexpected(name, "a whole number"));
  }

  Optional<Long> optionalNumber(String name, long least, long most) throws RefusedCall {
    JsonNode value = request.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw unexpected(name, "a whole number from %d to %d".formatted(least, most));
    }
    return Optional.of(value.longValue());
  }

  private RefusedCall unexpected(String name, String expected) {
    JsonNode found = request.path(name);
    return new RefusedCall(
        RefusedCall.GENERAL,
        "%s: argument \"%s\": expected %s, found %s"
            .formatted(
                request.path("call").asText(),
                name,
                expected,
                found.isMissingNode() ? "nothing" : found));
  }
}
