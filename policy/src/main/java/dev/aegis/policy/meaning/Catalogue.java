package dev.aegis.policy.meaning;

import com.google.re2j.Pattern;
import dev.aegis.operation.Category;
import dev.aegis.operation.Risk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** What is known of programs, read from the files of {@code programs/}. */
final class Catalogue {
  /** Files of the catalogue, without suffix. */
  static final List<String> FILES =
      List.of(
          "files",
          "operands",
          "git",
          "forges",
          "packages",
          "secrets",
          "clouds",
          "clusters",
          "databases",
          "containers",
          "machine",
          "macos",
          "guards",
          "network",
          "environment",
          "settings",
          "static");

  private final Map<String, List<ProgramEntry>> byName = new HashMap<>();
  private final List<Example> examples = new ArrayList<>();
  private final EnvironmentMeaning variables = new EnvironmentMeaning();
  private final Set<String> localTools = new TreeSet<>();
  private final Set<String> staticPrograms = new TreeSet<>();

  /**
   * An example that stands in the catalogue and is run as a test.
   *
   * @param run a shell command
   * @param means all categories it must mean
   */
  record Example(String file, String run, List<String> means) {}

  private Catalogue() {}

  static Catalogue shipped() {
    Catalogue catalogue = new Catalogue();
    FILES.forEach(catalogue::read);
    return catalogue;
  }

  List<ProgramEntry> find(String program) {
    return byName.getOrDefault(program, List.of());
  }

  List<Example> examples() {
    return List.copyOf(examples);
  }

  /** Names of programs that projects usually have installed for themselves. */
  Set<String> localTools() {
    return localTools;
  }

  EnvironmentMeaning variables() {
    return variables;
  }

  /** Tell whether a program is known to be a static executable. */
  boolean isStatic(String program) {
    return staticPrograms.contains(program);
  }

  private void read(String file) {
    try (InputStream in = Catalogue.class.getResourceAsStream("programs/" + file + ".toml")) {
      TomlParseResult toml = Toml.parse(in);
      if (toml.hasErrors()) {
        throw new IllegalStateException(file + ".toml: " + toml.errors().get(0));
      }
      TomlArray programs = toml.getArrayOrEmpty("program");
      for (int i = 0; i < programs.size(); i++) {
        program(file, programs.getTable(i));
      }
      staticPrograms.addAll(words(toml, "static"));
      localTools.addAll(words(toml, "local_tools"));
      variables.read(toml.getArrayOrEmpty("variable"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void program(String file, TomlTable table) {
    List<Form> forms = new ArrayList<>();
    TomlArray given = table.getArrayOrEmpty("form");
    for (int i = 0; i < given.size(); i++) {
      forms.add(form(given.getTable(i)));
    }
    ProgramEntry entry =
        new ProgramEntry(
            Set.copyOf(words(table, "global_values")),
            Set.copyOf(words(table, "groups")),
            Set.copyOf(words(table, "values")),
            table.getBoolean("single_dash", () -> false),
            table.getBoolean("fetches", () -> false),
            table.getBoolean("sends", () -> false),
            words(table, "file_values"),
            Set.copyOf(words(table, "read_values")),
            Set.copyOf(words(table, "write_values")),
            words(table, "prints_settings"),
            table.getBoolean("helpless", () -> false),
            table.getBoolean("stops", () -> false),
            Optional.ofNullable(table.getString("dash_operands")).map(Pattern::compile),
            forms);
    for (String name : words(table, "names")) {
      byName.computeIfAbsent(name, n -> new ArrayList<>()).add(entry);
    }
    TomlArray shown = table.getArrayOrEmpty("example");
    for (int i = 0; i < shown.size(); i++) {
      TomlTable example = shown.getTable(i);
      examples.add(new Example(file, example.getString("run"), words(example, "means")));
    }
  }

  private static Form form(TomlTable table) {
    String category = table.getString("category");
    Meaning meaning =
        category == null
            ? Meaning.NONE
            : new Meaning(
                new TreeSet<>(List.of(new Category(category))),
                new Risk((int) (long) table.getLong("score"), List.of(table.getString("reason"))));
    return new Form(
        phrases(table, "sub"),
        phrases(table, "except_sub"),
        words(table, "any"),
        words(table, "also"),
        words(table, "unless"),
        globs(table, "operands"),
        exceptions(table),
        Set.copyOf(words(table, "words")),
        globs(table, "option_values"),
        Optional.ofNullable(table.getString("pattern")).map(Pattern::compile),
        (int) table.getLong("min_operands", () -> 0L),
        table.getBoolean("named", () -> false),
        table.getBoolean("separated", () -> false),
        (int) table.getLong("skip", () -> 0L),
        words(table, "skip_unless"),
        Optional.ofNullable(table.getString("input")).map(Pattern::compile),
        meaning,
        Optional.ofNullable(table.getString("role")));
  }

  private static List<List<String>> phrases(TomlTable table, String key) {
    return words(table, key).stream().map(s -> List.of(s.split(" ", -1))).toList();
  }

  private static List<Predicate<String>> exceptions(TomlTable table) {
    Stream<Predicate<String>> named =
        globs(table, "except_operands").stream().map(glob -> glob::matchesWord);
    boolean elsewhere = table.getBoolean("elsewhere", () -> false);
    return Stream.concat(
            named, elsewhere ? Stream.of(LocalAddress::isNearby) : Stream.<Predicate<String>>of())
        .toList();
  }

  private static List<Glob> globs(TomlTable table, String key) {
    return words(table, key).stream().map(Glob::ofText).toList();
  }

  private static List<String> words(TomlTable table, String key) {
    return table.getArrayOrEmpty(key).toList().stream().map(String.class::cast).toList();
  }
}
