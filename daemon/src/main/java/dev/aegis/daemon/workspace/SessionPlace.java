package dev.aegis.daemon.workspace;

import dev.aegis.daemon.approvals.BlastRadius;
import dev.aegis.operation.FileIdentity;
import dev.aegis.policy.RegenerableNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file system as one session finds and changes it: its work trees with what git says of them,
 * and what the session made. Answers are bounded in time but touch the disk; not for a thread that
 * must not wait. Thread-safe.
 */
public final class SessionPlace {

  private final List<Path> workspaces;
  private final List<GitReader> readers = new ArrayList<>();
  private final Map<Path, IgnoreRules> ignored = new HashMap<>();
  private final SessionWorks works = new SessionWorks();

  /** Look at the workspaces of a session that begins now. */
  public SessionPlace(List<Path> workspaces) {
    this.workspaces = List.copyOf(workspaces);
    for (Path workspace : workspaces) {
      GitDirectory.of(workspace)
          .ifPresent(
              git -> {
                readers.add(new GitReader(git));
                ignored.put(workspace, IgnoreRules.read(git));
              });
    }
  }

  /** Return the real paths of the workspaces. */
  public List<Path> workspaces() {
    return workspaces;
  }

  /**
   * Note that the session may create a path that did not exist when it asked. Touches no file.
   *
   * @return true when {@link #catchUp} should be called soon
   */
  public boolean mayCreate(String path, Instant asked) {
    return works.mayCreate(path, asked);
  }

  /** Look at what the session was allowed to create. */
  public void catchUp() {
    works.verifyAll();
  }

  /** Note that the session may give an existing object another name. */
  public void mayMove(String source, String destination) {
    if (!regenerable(source)) {
      works.mayMove(source, destination);
    }
  }

  /** Tell whether this very object was made by the session and holds nothing foreign. */
  public boolean made(FileIdentity identity) {
    return works.made(identity);
  }

  /** Tell whether git could give back exactly this file. */
  public boolean inGit(String path) {
    return path(path).map(this::inGit).orElse(false);
  }

  private boolean inGit(Path path) {
    return readerOf(path).map(reader -> reader.holds(path)).orElse(false);
  }

  private Optional<GitReader> readerOf(Path path) {
    return readers.stream()
        .filter(reader -> path.startsWith(reader.workTree()) && !path.equals(reader.workTree()))
        .findFirst();
  }

  /** Tell whether a path can be made again: a build's own directory, and nothing moved in since. */
  public boolean regenerable(String path) {
    return path(path).map(this::regenerable).orElse(false) && !works.movedInto(path);
  }

  private boolean regenerable(Path path) {
    Optional<Path> workspace =
        workspaces.stream().filter(root -> path.startsWith(root) && !path.equals(root)).findFirst();
    if (workspace.isEmpty()) {
      return false;
    }
    Optional<GitReader> reader = readerOf(path);
    Path at = workspace.get();
    for (Path name : workspace.get().relativize(path)) {
      at = at.resolve(name);
      boolean known =
          reader.isPresent()
              ? RegenerableNames.isInGit(name.toString())
              : RegenerableNames.isUnmistakable(name.toString());
      if (name.toString().equals(".git")) {
        return false;
      }
      if (known) {
        Path root = at;
        return !works.movedInto(root.toString())
            && reader.map(git -> !git.tracksAnythingAt(root)).orElse(true);
      }
    }
    IgnoreRules rules = ignored.get(workspace.get());
    return rules != null
        && reader.isPresent()
        && RegenerableNames.isLeftover(path.getFileName().toString())
        && rules.ignores(path, false)
        && !reader.get().tracksAnythingAt(path);
  }

  /** Count what lies at and below paths. */
  public BlastRadius count(Collection<String> paths) {
    return BlastCounter.count(
        paths, this::inGit, file -> workspaces.stream().anyMatch(file::startsWith));
  }

  private static Optional<Path> path(String path) {
    try {
      return Optional.of(Path.of(path));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
