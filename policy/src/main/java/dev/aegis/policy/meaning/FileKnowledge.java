package dev.aegis.policy.meaning;

import dev.aegis.operation.Category;
import dev.aegis.operation.Risk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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
 * @param toolState caches and histories in the home directory
 */
record FileKnowledge(FileIndex secrets, FileIndex persistence, List<Glob> toolState) {

  static FileKnowledge shipped() {
    try (InputStream in = FileKnowledge.class.getResourceAsStream("files.toml")) {
      TomlParseResult toml = Toml.parse(in);
      if (toml.hasErrors()) {
        throw new IllegalStateException("files.toml: " + toml.errors().get(0));
      }
      return new FileKnowledge(
          index(toml.getArrayOrEmpty("secret")),
          index(toml.getArrayOrEmpty("persistence")),
          globs(toml.getTableOrEmpty("tool_state"), "globs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
