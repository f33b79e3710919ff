package dev.aegis.policy.meaning;

import dev.aegis.operation.Category;
import dev.aegis.operation.Risk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * What Aegis knows of files by their names, read from {@code files.toml}.
 *
 * @param secrets files whose content must not leak
 * @param persistence files that something else runs or obeys later
 * @param secretNames where secrets are, for what is read as a whole
 * @param toolState caches and histories in the home directory
 * @param aboveToolState the directories that hold those, each beginning with {@code ~/}
 */
record FileKnowledge(
    FileIndex secrets,
    FileIndex persistence,
    List<Glob> toolState,
    Set<String> aboveToolState,
    SecretNames secretNames) {

  static FileKnowledge shipped() {
    try (InputStream in = FileKnowledge.class.getResourceAsStream("files.toml")) {
      TomlParseResult toml = Toml.parse(in);
      if (toml.hasErrors()) {
        throw new IllegalStateException("files.toml: " + toml.errors().get(0));
      }
      return new FileKnowledge(
          index(toml.getArrayOrEmpty("secret")),
          index(toml.getArrayOrEmpty("persistence")),
          globs(toml.getTableOrEmpty("tool_state"), "globs"),
          above(words(toml.getTableOrEmpty("tool_state"), "globs")),
          secretNames(toml.getArrayOrEmpty("secret")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> above(List<String> globs) {
    Set<String> directories = new TreeSet<>();
    for (String glob : globs) {
      for (String one : Braces.expand(glob)) {
        NamePattern pattern = NamePattern.of(one);
        String at = one.equals(pattern.directory()) ? Paths.parent(one) : pattern.directory();
        while (at.startsWith("~/")) {
          directories.add(at);
          at = Paths.parent(at);
        }
      }
    }
    return Set.copyOf(directories);
  }

  private static SecretNames secretNames(TomlArray entries) {
    Map<String, String> directories = new HashMap<>();
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < entries.size(); i++) {
      for (String glob : words(entries.getTable(i), "globs")) {
        for (String one : Braces.expand(glob)) {
          boolean somewhere = one.startsWith("~/") || one.startsWith("/");
          if (!somewhere && one.chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) {
            names.add(one);
          } else if (somewhere) {
            directories(one, directories);
          }
        }
      }
    }
    return new SecretNames(Map.copyOf(directories), Set.copyOf(names));
  }

  /** Every directory above a secret holds it, the home directory and the root left out. */
  private static void directories(String glob, Map<String, String> all) {
    String example = NamePattern.of(glob).example();
    String directory = NamePattern.of(glob).directory();
    String secret = example.isEmpty() ? directory + "/…" : directory + "/" + example;
    String at = glob.indexOf('*') < 0 ? Paths.parent(glob) : directory;
    while (at.length() > 2 && at.lastIndexOf('/') > 0) {
      all.putIfAbsent(at, glob.indexOf('*') < 0 ? glob : secret);
      at = Paths.parent(at);
    }
  }

  private static FileIndex index(TomlArray entries) {
    List<FileClass> classes = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      TomlTable entry = entries.getTable(i);
      Meaning meaning =
          new Meaning(
              new TreeSet<>(List.of(new Category(entry.getString("category")))),
              new Risk((int) (long) entry.getLong("score"), List.of(entry.getString("reason"))));
      classes.add(
          new FileClass(
              meaning,
              globs(entry, "globs"),
              globs(entry, "except"),
              Set.copyOf(words(entry, "own")),
              globs(entry, "own_except"),
              entry.getBoolean("tracked_is_public", () -> false)));
    }
    return new FileIndex(classes);
  }

  private static List<Glob> globs(TomlTable table, String key) {
    return words(table, key).stream()
        .flatMap(glob -> Braces.expand(glob).stream())
        .map(Glob::of)
        .toList();
  }

  private static List<String> words(TomlTable table, String key) {
    return table.getArrayOrEmpty(key).toList().stream().map(String.class::cast).toList();
  }
}
