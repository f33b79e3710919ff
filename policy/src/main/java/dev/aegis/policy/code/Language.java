package dev.aegis.policy.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * What is known of one language, as {@code languages.toml} says.
 *
 * @param pipes true when {@code |} joins to commands of a shell
 * @param calls names of functions, and what calling them does
 * @param folds names of functions whose result follows from their arguments
 * @param bare functions that are called without brackets
 * @param everything names of what holds every function and module
 * @param textsCall true when a text that names a function can be called
 */
record Language(
    String name,
    boolean hashComments,
    boolean slashComments,
    boolean dottedNames,
    boolean plainSingleQuotes,
    boolean pipes,
    Map<String, Act.Kind> calls,
    Map<String, String> folds,
    Set<String> bare,
    Set<String> everything,
    boolean textsCall) {
  private static final Set<Act.Kind> GRAVE =
      EnumSet.of(
          Act.Kind.SHELL, Act.Kind.SPAWN, Act.Kind.DELETE, Act.Kind.DELETE_TREE, Act.Kind.EVALUATE);

  private static final Map<String, Language> ALL = read();

  static Optional<Language> of(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** Find what a call does: by its whole name, else by its last word. */
  Optional<Act.Kind> call(String name) {
    return find(calls, name);
  }

  /** Tell whether the whole name, and not only its last word, says what a call does. */
  boolean isWhole(String name) {
    return calls.containsKey(name);
  }

  /** Tell whether some function of a module does harm that cannot be seen before it is named. */
  boolean isGrave(String module) {
    return calls.entrySet().stream()
        .anyMatch(c -> c.getKey().startsWith(module + ".") && GRAVE.contains(c.getValue()));
  }

  /** Find how a call's result follows from its arguments. */
  Optional<String> fold(String name) {
    return find(folds, name);
  }

  private static <T> Optional<T> find(Map<String, T> table, String name) {
    T exact = table.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    return Optional.ofNullable(table.get("*." + last));
  }

  private static Map<String, Language> read() {
    try (InputStream in = Language.class.getResourceAsStream("languages.toml")) {
      TomlParseResult toml = Toml.parse(in);
      if (toml.hasErrors()) {
        throw new IllegalStateException("languages.toml: " + toml.errors().get(0));
      }
      Map<String, Language> all = new HashMap<>();
      TomlArray languages = toml.getArrayOrEmpty("language");
      for (int i = 0; i < languages.size(); i++) {
        Language language = language(languages.getTable(i));
        all.put(language.name(), language);
      }
      return Map.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Language language(TomlTable table) {
    Map<String, Act.Kind> calls = new HashMap<>();
    TomlTable given = table.getTableOrEmpty("calls");
    for (String kind : given.keySet()) {
      Act.Kind act = Act.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
      words(given, kind).forEach(name -> calls.put(name, act));
    }
    Map<String, String> folds = new HashMap<>();
    TomlTable results = table.getTableOrEmpty("folds");
    for (String how : results.keySet()) {
      words(results, how).forEach(name -> folds.put(name, how));
    }
    return new Language(
        table.getString("name"),
        table.getBoolean("hash_comments", () -> false),
        table.getBoolean("slash_comments", () -> false),
        table.getBoolean("dotted_names", () -> true),
        table.getBoolean("plain_single_quotes", () -> false),
        table.getBoolean("pipes", () -> false),
        Map.copyOf(calls),
        Map.copyOf(folds),
        Set.copyOf(new HashSet<>(words(table, "bare"))),
        Set.copyOf(new HashSet<>(words(table, "everything"))),
        table.getBoolean("texts_call", () -> false));
  }

  private static List<String> words(TomlTable table, String key) {
    List<String> all = new ArrayList<>();
    table.getArrayOrEmpty(key).toList().forEach(word -> all.add((String) word));
    return all;
  }
}
