package dev.aegis.policy.code;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Computes the results of harmless functions on known arguments. */
final class Fold {
  private Fold() {}

  /**
   * Apply a function.
   *
   * @param how as {@code languages.toml} calls it
   * @param self what a method is called on; unknown for a function
   */
  static Value of(String how, Value self, List<Value> arguments) {
    Value first = arguments.isEmpty() ? self : arguments.get(0);
    return switch (how) {
      case "same" ->
          first.text().isPresent() || first.items().isPresent() || first.isFunction()
              ? first
              : self;
      case "self" ->
          first.text().map(t -> t.matches("unicode_escape|rot.?13|hex|base64|zlib")).orElse(false)
              ? self.asDecoded()
              : self;
      case "home" -> Value.of("~");
      case "temporary" -> Value.of("/tmp/tmp.d");
      case "base64" -> decoded(first, false);
      case "hex" -> decoded(first, true);
      case "buffer" -> buffer(arguments);
      case "characters" -> characters(arguments);
      case "path" -> joined(arguments, "/");
      case "join" -> join(self, arguments);
      case "split" -> split(self);
      case "reverse" ->
          self.text().map(t -> Value.of(new StringBuilder(t).reverse().toString())).orElse(self);
      case "environment" ->
          first.text().filter(t -> !t.equals("HOME")).map(Value::variable).orElse(Value.of("~"));
      case "glob" -> names(self, arguments);
      case "decoded" -> first.blurred().asDecoded();
      default -> Value.UNKNOWN;
    };
  }

  private static Value names(Value self, List<Value> arguments) {
    Optional<String> pattern = arguments.isEmpty() ? Optional.empty() : arguments.get(0).text();
    if (pattern.isEmpty()) {
      return Value.UNKNOWN;
    }
    String directory = self.text().map(d -> d.isEmpty() ? "" : d + "/").orElse("");
    return Value.names(directory + pattern.get());
  }

  private static Value decoded(Value value, boolean hex) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return value.blurred().asDecoded();
    }
    try {
      byte[] bytes =
          hex
              ? HexFormat.of().parseHex(text.get().toLowerCase(Locale.ROOT).replace(" ", ""))
              : Base64.getMimeDecoder().decode(text.get());
      return Value.of(new String(bytes, StandardCharsets.UTF_8)).asDecoded();
    } catch (IllegalArgumentException e) {
      return Value.UNKNOWN.asDecoded();
    }
  }

  private static Value buffer(List<Value> arguments) {
    if (arguments.size() < 2) {
      return arguments.isEmpty() ? Value.UNKNOWN : arguments.get(0);
    }
    String encoding = arguments.get(1).text().orElse("");
    return switch (encoding) {
      case "base64", "base64url" -> decoded(arguments.get(0), false);
      case "hex" -> decoded(arguments.get(0), true);
      default -> arguments.get(0);
    };
  }

  private static Value characters(List<Value> arguments) {
    StringBuilder text = new StringBuilder();
    List<Value> numbers =
        arguments.size() == 1 ? arguments.get(0).items().orElse(arguments) : arguments;
    for (Value number : numbers) {
      String digits = number.text().orElse("");
      if (!digits.matches("[0-9]{1,5}|0x[0-9a-fA-F]{1,4}")) {
        return Value.UNKNOWN.asDecoded();
      }
      text.append((char) (int) Integer.decode(digits.replaceFirst("^0+(?=[1-9])", "")));
    }
    return Value.of(text.toString());
  }

  private static Value joined(List<Value> parts, String between) {
    if (parts.isEmpty()) {
      return Value.UNKNOWN;
    }
    Value all = parts.get(0);
    for (Value part : parts.subList(1, parts.size())) {
      all = all.and(between, part);
    }
    return all;
  }

  private static Value join(Value self, List<Value> arguments) {
    Value list = arguments.isEmpty() ? self : arguments.get(0);
    if (self.items().isPresent()) {
      return joined(self.items().get(), arguments.isEmpty() ? "," : list.text().orElse(","));
    }
    return list.items().isPresent() && self.text().isPresent()
        ? joined(list.items().get(), self.text().get())
        : list.blurred();
  }

  private static Value split(Value self) {
    return self.text()
        .map(
            text -> {
              List<Value> words = new ArrayList<>();
              Arrays.stream(text.strip().split("\\s+", 64)).map(Value::of).forEach(words::add);
              return Value.list(words);
            })
        .orElse(Value.UNKNOWN);
  }
}
