package dev.aegis.daemon.workspace;

import dev.aegis.daemon.approvals.BlastRadius;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what paths hold, until it is enough. */
final class BlastCounter extends SimpleFileVisitor<Path> {

  private static final Logger LOG = LoggerFactory.getLogger(BlastCounter.class);
  private static final int MOST_ENTRIES = 100_000;
  private static final int MOST_COMPARED = 2_000;
  private static final long LONGEST_NANOS = 1_000_000_000L;

  private final Predicate<Path> inGit;
  private final Predicate<Path> inWorkspace;
  private final long start = System.nanoTime();
  private long files;
  private long bytes;
  private long notInGit;
  private long outside;
  private long compared;
  private boolean complete = true;

  private BlastCounter(Predicate<Path> inGit, Predicate<Path> inWorkspace) {
    this.inGit = inGit;
    this.inWorkspace = inWorkspace;
  }

  /** Count what lies at and below paths, following no symbolic link. */
  static BlastRadius count(
      Collection<String> paths, Predicate<Path> inGit, Predicate<Path> inWorkspace) {
    BlastCounter counter = new BlastCounter(inGit, inWorkspace);
    for (String path : paths) {
      counter.walk(path);
    }
    return new BlastRadius(
        counter.files, counter.bytes, counter.notInGit, counter.outside, counter.complete);
  }

  private void walk(String path) {
    try {
      if (complete) {
        Files.walkFileTree(Path.of(path), this);
      }
    } catch (IOException | InvalidPathException e) {
      LOG.debug("{} cannot be counted", path, e);
      complete = false;
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    files++;
    bytes += attributes.size();
    // Comparing every content would take longer than anybody waits; the rest counts as lost.
    if (++compared > MOST_COMPARED || !inGit.test(file)) {
      notInGit++;
    }
    return counted(file);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    return System.nanoTime() - start > LONGEST_NANOS ? cut() : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    LOG.debug("{} cannot be counted", file, e);
    complete = false;
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, IOException e) {
    if (e != null) {
      complete = false;
    }
    return FileVisitResult.CONTINUE;
  }

  private FileVisitResult counted(Path file) {
    if (!inWorkspace.test(file)) {
      outside++;
    }
    boolean enough = files >= MOST_ENTRIES || System.nanoTime() - start > LONGEST_NANOS;
    return enough ? cut() : FileVisitResult.CONTINUE;
  }

  private FileVisitResult cut() {
    complete = false;
    return FileVisitResult.TERMINATE;
  }
}
