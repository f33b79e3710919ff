package dev.aegis.policy.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads typed values out of one TOML table and writes down what is wrong with them. */
final class TableReader {
  private final TomlTable table;
  private final TomlPosition start;
  private final String what;
  private final Problems problems;

  TableReader(TomlTable table, TomlPosition start, String what, Problems problems) {
    this.table = table;
    this.start = start;
    this.what = what;
    this.problems = problems;
  }

  void refuseOthersThan(Set<String> known) {
    for (String key : table.keySet()) {
      if (!known.contains(key)) {
        problems.add(
            at(key),
            "unknown key \""
                + key
                + "\" in "
                + what
                + Spelling.hint(key, known)
                + "; expected one of "
                + known.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
  }

  boolean has(String key) {
    return table.contains(List.of(key));
  }

  TomlPosition start() {
    return start;
  }

  TomlPosition at(String key) {
    TomlPosition position = table.inputPositionOf(List.of(key));
    return position == null ? start : position;
  }

  Problems problems() {
    return problems;
  }

  Optional<String> string(String key) {
    return typed(key, String.class, "a string");
  }

  Optional<String> requiredString(String key) {
    if (!has(key)) {
      problems.add(start, what + " has no \"" + key + "\"");
      return Optional.empty();
    }
    Optional<String> value = string(key);
    if (value.isPresent() && value.get().isBlank()) {
      problems.add(at(key), "\"" + key + "\" is empty");
      return Optional.empty();
    }
    return value;
  }

  Optional<Boolean> bool(String key) {
    return typed(key, Boolean.class, "true or false");
  }

  Optional<Integer> integer(String key, int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    Optional<Long> value = typed(key, Long.class, expected);
    if (value.isPresent() && (value.get() < least || value.get() > most)) {
      problems.add(at(key), "\"" + key + "\" is " + value.get() + "; expected " + expected);
      return Optional.empty();
    }
    return value.map(Long::intValue);
  }

  /** Read a string, or an array of strings that are alternatives. */
  List<String> strings(String key) {
    Object value = table.get(List.of(key));
    if (value instanceof String text) {
      return List.of(text);
    }
    if (value instanceof TomlArray array && !array.isEmpty()) {
      List<String> all = new ArrayList<>();
      for (Object element : array.toList()) {
        if (!(element instanceof String text)) {
          wrongType(key, "a string or an array of strings", element);
          return List.of();
        }
        all.add(text);
      }
      return all;
    }
    if (value != null) {
      wrongType(key, "a string or an array of strings", value);
    }
    return List.of();
  }

  /** Return keys and values as words, without judging them. */
  Map<String, List<String>> written(Set<String> keys) {
    Map<String, List<String>> all = new HashMap<>();
    for (String key : keys) {
      Object value = table.get(List.of(key));
      if (value instanceof TomlArray array) {
        all.put(key, array.toList().stream().map(String::valueOf).toList());
      } else if (value instanceof TomlTable inner) {
        all.put(key, inner.keySet().stream().sorted().map(k -> k + "=" + inner.get(k)).toList());
      } else if (value != null) {
        all.put(key, List.of(String.valueOf(value)));
      }
    }
    return all;
  }

  Optional<Object> raw(String key) {
    return Optional.ofNullable(table.get(List.of(key)));
  }

  /** Read one of a few words. */
  <T> Optional<T> word(String key, Map<String, T> words) {
    Optional<String> text = string(key);
    if (text.isPresent() && !words.containsKey(text.get())) {
      problems.add(
          at(key),
          "\""
              + key
              + "\" is \""
              + text.get()
              + "\"; expected one of "
              + words.keySet().stream().sorted().collect(Collectors.joining(", "))
              + Spelling.hint(text.get(), words.keySet()));
      return Optional.empty();
    }
    return text.map(words::get);
  }

  void wrongType(String key, String expected, Object value) {
    problems.add(at(key), "\"" + key + "\" is " + nameOf(value) + "; expected " + expected);
  }

  private <T> Optional<T> typed(String key, Class<T> type, String expected) {
    Object value = table.get(List.of(key));
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      wrongType(key, expected, value);
      return Optional.empty();
    }
    return Optional.of(type.cast(value));
  }

  private static String nameOf(Object value) {
    if (value instanceof String) {
      return "a string";
    } else if (value instanceof Long) {
      return "a whole number";
    } else if (value instanceof Boolean) {
      return "true or false";
    } else if (value instanceof TomlTable) {
      return "a table";
    } else if (value instanceof TomlArray) {
      return "an array";
    }
    return "a " + value.getClass().getSimpleName();
  }
}
