package dev.aegis.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;

/**
 * What values a setting takes, whether they come typed from TOML or as text from a variable or a
 * flag.
 *
 * @param shape of the TOML value
 * @param expected for people, after the word "expected"
 * @param words all legal words, or none when this is no word
 * @param least smallest legal number
 * @param most largest legal number
 * @param form regular expression that a text, or each text of a list, must match
 */
public record ValueKind(
    Shape shape, String expected, List<String> words, long least, long most, String form) {

  private static final String ANY = "(?s).*";

  /** The TOML type of a value. */
  public enum Shape {
    TEXT,
    NUMBER,
    NUMBERS,
    TEXTS
  }

  static ValueKind text() {
    return new ValueKind(Shape.TEXT, "a text in quotes", List.of(), 0, 0, ANY);
  }

  static ValueKind text(String expected, String form) {
    return new ValueKind(Shape.TEXT, expected, List.of(), 0, 0, form);
  }

  static ValueKind texts(String expected, String form) {
    return new ValueKind(Shape.TEXTS, expected, List.of(), 0, 0, form);
  }

  static ValueKind path() {
    return new ValueKind(Shape.TEXT, "a path in quotes", List.of(), 0, 0, ANY);
  }

  static ValueKind number(long least, long most) {
    return new ValueKind(
        Shape.NUMBER,
        "a whole number from %d to %d".formatted(least, most),
        List.of(),
        least,
        most,
        ANY);
  }

  static ValueKind numbers() {
    return new ValueKind(
        Shape.NUMBERS,
        "a list of whole numbers, such as [123456789]",
        List.of(),
        1,
        Long.MAX_VALUE,
        ANY);
  }

  static <E extends Enum<E> & Worded> ValueKind word(Class<E> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Worded::word).toList();
    String quoted = words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
    return new ValueKind(Shape.TEXT, "one of " + quoted, words, 0, 0, ANY);
  }

  /** A value that stands for itself in config.toml. */
  interface Worded {
    String word();
  }

  /** A value that this setting does not take. */
  static final class UnexpectedValue extends Exception {
    UnexpectedValue(String message) {
      super(message);
    }
  }

  /** Take a value as tomlj reads it. */
  Object fromToml(Object value) throws UnexpectedValue {
    if (shape == Shape.NUMBERS && value instanceof TomlArray array) {
      List<Long> numbers = new ArrayList<>();
      for (Object element : array.toList()) {
        numbers.add(checkedNumber(element));
      }
      return List.copyOf(numbers);
    }
    if (shape == Shape.TEXTS && value instanceof TomlArray array) {
      List<String> texts = new ArrayList<>();
      for (Object element : array.toList()) {
        if (!(element instanceof String text)) {
          throw unexpected(String.valueOf(element));
        }
        texts.add(checkedText(text));
      }
      return List.copyOf(texts);
    }
    if (shape == Shape.NUMBER && value instanceof Long) {
      return checkedNumber(value);
    }
    if (shape == Shape.TEXT && value instanceof String text) {
      return checkedText(text);
    }
    throw unexpected(value instanceof String text ? '"' + text + '"' : String.valueOf(value));
  }

  /** Take a value as a person writes it in a variable or on a command line. */
  Object fromText(String text) throws UnexpectedValue {
    return switch (shape) {
      case TEXT -> checkedText(text);
      case NUMBER -> parsedNumber(text);
      case NUMBERS -> {
        List<Long> numbers = new ArrayList<>();
        for (String part : parts(text)) {
          numbers.add(parsedNumber(part));
        }
        yield List.copyOf(numbers);
      }
      case TEXTS -> {
        List<String> texts = new ArrayList<>();
        for (String part : parts(text)) {
          texts.add(checkedText(part));
        }
        yield List.copyOf(texts);
      }
    };
  }

  private static List<String> parts(String text) {
    String inner = text.strip();
    if (inner.startsWith("[") && inner.endsWith("]")) {
      inner = inner.substring(1, inner.length() - 1);
    }
    return inner.isBlank()
        ? List.of()
        : Arrays.stream(inner.split(",", -1)).map(String::strip).toList();
  }

  /** Write a value of this kind as TOML. */
  String toToml(Object value) {
    if (value instanceof String text) {
      return '"' + org.tomlj.Toml.tomlEscape(text).toString() + '"';
    }
    return value instanceof List<?> list
        ? list.stream().map(this::toToml).collect(Collectors.joining(", ", "[", "]"))
        : value.toString();
  }

  private Long parsedNumber(String text) throws UnexpectedValue {
    try {
      return checkedNumber(Long.valueOf(text));
    } catch (NumberFormatException e) {
      throw unexpected('"' + text + '"');
    }
  }

  private Long checkedNumber(Object value) throws UnexpectedValue {
    if (value instanceof Long number && number >= least && number <= most) {
      return number;
    }
    throw unexpected(value instanceof String text ? '"' + text + '"' : String.valueOf(value));
  }

  private String checkedText(String text) throws UnexpectedValue {
    if ((!words.isEmpty() && !words.contains(text)) || !text.matches(form)) {
      throw unexpected('"' + text + '"');
    }
    return text;
  }

  private UnexpectedValue unexpected(String found) {
    return new UnexpectedValue("expected " + expected + ", found " + found);
  }
}
