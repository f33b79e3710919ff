package dev.aegis.daemon.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What git ignored in one work tree when the session began. Later edits of ignore files change
 * nothing: a supervised process could make them.
 */
final class IgnoreRules {

  private static final Logger LOG = LoggerFactory.getLogger(IgnoreRules.class);
  private static final int MOST_VISITED = 50_000;
  private static final long LONGEST_NANOS = 1_000_000_000L;
  private static final int DEEPEST = 12;

  private final Path workTree;
  private final IgnoreFile shared;
  private final Map<Path, IgnoreFile> byDirectory = new LinkedHashMap<>();

  private IgnoreRules(Path workTree, IgnoreFile shared) {
    this.workTree = workTree;
    this.shared = shared;
  }

  /** Read the ignore files of a work tree, bounded in time; those not reached ignore nothing. */
  static IgnoreRules read(GitDirectory git) {
    IgnoreRules rules =
        new IgnoreRules(git.workTree(), IgnoreFile.read(git.common().resolve("info/exclude")));
    try {
      Files.walkFileTree(git.workTree(), Set.of(), DEEPEST, rules.new Collector());
    } catch (IOException e) {
      LOG.debug("not every ignore file of {} was read", git.workTree(), e);
    }
    return rules;
  }

  private final class Collector extends SimpleFileVisitor<Path> {
    private final long start = System.nanoTime();
    private int visited;

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (directory.endsWith(".git") || ignores(directory, true)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      IgnoreFile file = IgnoreFile.read(directory.resolve(".gitignore"));
      if (!file.isEmpty()) {
        byDirectory.put(directory, file);
      }
      return next();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return next();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      LOG.debug("skipped while reading ignore files: {}", file, e);
      return next();
    }

    private FileVisitResult next() {
      boolean enough = ++visited > MOST_VISITED || System.nanoTime() - start > LONGEST_NANOS;
      return enough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }
  }

  /** Tell whether a path was ignored, by itself or with a directory above it. */
  boolean ignores(Path path, boolean isDirectory) {
    if (!path.startsWith(workTree) || path.equals(workTree)) {
      return false;
    }
    Path relative = workTree.relativize(path);
    Path at = workTree;
    for (int i = 0; i < relative.getNameCount(); i++) {
      at = at.resolve(relative.getName(i));
      boolean last = i == relative.getNameCount() - 1;
      if (decide(at, !last || isDirectory)) {
        return true;
      }
    }
    return false;
  }

  private boolean decide(Path path, boolean isDirectory) {
    for (Path above = path.getParent(); above != null && above.startsWith(workTree); ) {
      IgnoreFile file = byDirectory.get(above);
      if (file != null) {
        Optional<Boolean> word = file.decide(above.relativize(path).toString(), isDirectory);
        if (word.isPresent()) {
          return word.get();
        }
      }
      above = above.getParent();
    }
    return shared.decide(workTree.relativize(path).toString(), isDirectory).orElse(false);
  }
}
