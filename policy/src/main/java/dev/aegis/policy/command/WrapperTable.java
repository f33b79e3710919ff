package dev.aegis.policy.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The programs that start other programs, by base name. */
final class WrapperTable {
  private static final Map<String, Wrapper> BY_NAME = read();

  private WrapperTable() {}

  static Optional<Wrapper> find(String program) {
    return Optional.ofNullable(BY_NAME.get(program));
  }

  private static Map<String, Wrapper> read() {
    try (InputStream in = WrapperTable.class.getResourceAsStream("wrappers.toml")) {
      TomlParseResult toml = Toml.parse(in);
      if (toml.hasErrors()) {
        throw new IllegalStateException("wrappers.toml: " + toml.errors().get(0));
      }
      Map<String, Wrapper> all = new HashMap<>();
      add(toml.getArrayOrEmpty("wrapper"), Wrapper.Kind.WRAPPER, all);
      add(toml.getArrayOrEmpty("shell"), Wrapper.Kind.SHELL, all);
      add(toml.getArrayOrEmpty("interpreter"), Wrapper.Kind.INTERPRETER, all);
      return Map.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(TomlArray entries, Wrapper.Kind kind, Map<String, Wrapper> all) {
    for (int i = 0; i < entries.size(); i++) {
      TomlTable entry = entries.getTable(i);
      Wrapper wrapper =
          new Wrapper(
              kind,
              entry.getString("short_values", () -> ""),
              words(entry, "long_values"),
              (int) entry.getLong("skip", () -> 0L),
              entry.getBoolean("assignments", () -> false),
              entry.getBoolean("joined", () -> false),
              entry.getBoolean("appends", () -> false),
              entry.getBoolean("never_operands", () -> false),
              entry.getBoolean("number_options", () -> false),
              words(entry, "script_options"),
              words(entry, "code_options"),
              words(entry, "module_options"),
              words(entry, "directory"));
      for (String name : words(entry, "names")) {
        all.put(name, wrapper);
      }
    }
  }

  private static Set<String> words(TomlTable table, String key) {
    List<String> words =
        table.getArrayOrEmpty(key).toList().stream().map(String.class::cast).toList();
    return Set.copyOf(words);
  }
}
