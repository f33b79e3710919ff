package dev.aegis.daemon.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where git keeps its files for one work tree.
 *
 * @param workTree real path of the top level
 * @param own files of this work tree: index, HEAD
 * @param common files that all work trees share: objects, refs, info
 */
record GitDirectory(Path workTree, Path own, Path common) {

  private static final Logger LOG = LoggerFactory.getLogger(GitDirectory.class);
  private static final int LONGEST_POINTER = 8192;

  /** Find git's files of a top level; empty when there are none or they cannot be followed. */
  static Optional<GitDirectory> of(Path workTree) {
    Path dotGit = workTree.resolve(".git");
    try {
      if (!Files.exists(dotGit)) {
        return Optional.empty();
      }
      Path own =
          Files.isDirectory(dotGit)
              ? dotGit.toRealPath()
              : workTree.resolve(pointer(dotGit, "gitdir: ")).toRealPath();
      Path commonFile = own.resolve("commondir");
      Path common =
          Files.exists(commonFile) ? own.resolve(pointer(commonFile, "")).toRealPath() : own;
      return Files.isDirectory(common.resolve("objects"))
          ? Optional.of(new GitDirectory(workTree, own, common))
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      LOG.debug("git's files of {} cannot be followed", workTree, e);
      return Optional.empty();
    }
  }

  private static String pointer(Path file, String prefix) throws IOException {
    if (Files.size(file) > LONGEST_POINTER) {
      throw new IOException(file + " is too long for a pointer");
    }
    String text = Files.readString(file).stripTrailing();
    if (!text.startsWith(prefix)) {
      throw new IOException(file + " does not begin with " + prefix);
    }
    return text.substring(prefix.length());
  }
}
