package dev.aegis.policy.meaning;

import dev.aegis.policy.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the class of a file without trying every glob: by its name, its ending, or its place. */
final class FileIndex {
  private static final String SPECIAL = "*?[]{}\\";

  private final Map<String, List<FileClass>> byName = new HashMap<>();
  private final Map<String, List<FileClass>> byEnding = new HashMap<>();
  private final List<FileClass> collected = new ArrayList<>();
  private final FileClass[] others;
  private final List<FileClass> all;

  FileIndex(List<FileClass> classes) {
    for (FileClass one : classes) {
      for (Glob glob : one.globs()) {
        add(glob.toString(), one.withOnly(glob));
      }
    }
    others = collected.toArray(FileClass[]::new);
    all = List.copyOf(classes);
  }

  private void add(String glob, FileClass one) {
    String name = Paths.name(glob);
    if (isPlain(name)) {
      byName.computeIfAbsent(name, n -> new ArrayList<>()).add(one);
    } else if (name.lastIndexOf('.') > 0 && isPlain(name.substring(name.lastIndexOf('.')))) {
      byEnding.computeIfAbsent(ending(name), n -> new ArrayList<>()).add(one);
    } else {
      collected.add(one);
    }
  }

  /**
   * Return globs of which every path matches one that has a class of some meaning.
   *
   * @param family of the meaning's categories; empty for all
   */
  List<Glob> globs(String family) {
    return all.stream()
        .filter(one -> family.isEmpty() || one.meaning().isWithin(family))
        .flatMap(one -> one.globs().stream())
        .toList();
  }

  /** Return the class of a path, or null when its name means nothing. */
  FileClass find(String path, Surroundings s) {
    FileClass found = findExactly(path, s);
    /* Where files are really opened, the kernel keeps the homes of others shut. */
    return found == null && s.foresees() && Paths.isOfOtherHome(path, s.home())
        ? findExactly(Paths.asIfAtHome(path, s.home()), s)
        : found;
  }

  private FileClass findExactly(String path, Surroundings s) {
    String name = Paths.name(path);
    FileClass found = find(byName.get(name), path, s);
    if (found == null) {
      found = find(byEnding.get(ending(name)), path, s);
    }
    if (found == null) {
      for (FileClass one : others) {
        if (one.holds(path, s)) {
          return one;
        }
      }
    }
    return found;
  }

  private static FileClass find(List<FileClass> classes, String path, Surroundings s) {
    if (classes != null) {
      for (FileClass one : classes) {
        if (one.holds(path, s)) {
          return one;
        }
      }
    }
    return null;
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }

  private static boolean isPlain(String text) {
    return text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
  }
}
