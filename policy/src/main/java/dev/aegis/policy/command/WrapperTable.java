package dev.aegis.policy.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The programs that start other programs, by base name. */
final class WrapperTable {
  private static final Map<String, List<Wrapper>> BY_NAME = read();

  private WrapperTable() {}

  /** Return all ways in which a program starts another. */
  static List<Wrapper> find(String program) {
    return BY_NAME.getOrDefault(program, List.of());
  }

  private static Map<String, List<Wrapper>> read() {
    try (InputStream in = WrapperTable.class.getResourceAsStream("wrappers.toml")) {
      TomlParseResult toml = Toml.parse(in);
      if (toml.hasErrors()) {
        throw new IllegalStateException("wrappers.toml: " + toml.errors().get(0));
      }
      Map<String, List<Wrapper>> all = new HashMap<>();
      add(toml.getArrayOrEmpty("wrapper"), Wrapper.Kind.WRAPPER, all);
      add(toml.getArrayOrEmpty("shell"), Wrapper.Kind.SHELL, all);
      add(toml.getArrayOrEmpty("interpreter"), Wrapper.Kind.INTERPRETER, all);
      return Map.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(TomlArray entries, Wrapper.Kind kind, Map<String, List<Wrapper>> all) {
    for (int i = 0; i < entries.size(); i++) {
      TomlTable entry = entries.getTable(i);
      List<String> subs = list(entry, "sub");
      for (String sub : subs.isEmpty() ? List.of("") : subs) {
        Wrapper wrapper = wrapper(entry, kind, sub);
        for (String name : words(entry, "names")) {
          all.computeIfAbsent(name, n -> new ArrayList<>()).add(wrapper);
        }
      }
    }
  }

  private static Wrapper wrapper(TomlTable entry, Wrapper.Kind kind, String sub) {
    return new Wrapper(
        kind,
        sub.isEmpty() ? List.of() : List.of(sub.split(" ", -1)),
        entry.getString("short_values", () -> ""),
        words(entry, "long_values"),
        (int) entry.getLong("skip", () -> 0L),
        entry.getBoolean("assignments", () -> false),
        entry.getBoolean("joined", () -> false),
        entry.getBoolean("each", () -> false),
        entry.getBoolean("appends", () -> false),
        entry.getBoolean("never_operands", () -> false),
        entry.getBoolean("number_options", () -> false),
        entry.getBoolean("after_dashes", () -> false),
        entry.getBoolean("code_operand", () -> false),
        words(entry, "script_options"),
        list(entry, "script_prefixes"),
        words(entry, "command_options"),
        words(entry, "code_options"),
        words(entry, "module_options"),
        words(entry, "directory"),
        words(entry, "unless"),
        entry.getString("language", () -> ""),
        PlanStep.Place.valueOf(entry.getString("place", () -> "here").toUpperCase(Locale.ROOT)));
  }

  private static Set<String> words(TomlTable table, String key) {
    return Set.copyOf(list(table, key));
  }

  private static List<String> list(TomlTable table, String key) {
    return table.getArrayOrEmpty(key).toList().stream().map(String.class::cast).toList();
  }
}
