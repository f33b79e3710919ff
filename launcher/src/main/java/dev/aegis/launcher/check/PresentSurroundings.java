package dev.aegis.launcher.check;

import dev.aegis.config.SmallTextFile;
import dev.aegis.operation.FileIdentity;
import dev.aegis.policy.RegenerableNames;
import dev.aegis.policy.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file system as it stands now, around one working directory, without any session. What cannot
 * be looked at counts as not there; a check judges that by its name.
 */
final class PresentSurroundings implements Surroundings {
  private static final int MANY = 20_000;

  /* A check looks at one moment: what was looked at once is not looked at again. */
  private final Map<String, Optional<FileIdentity>> identities = new ConcurrentHashMap<>();
  private final Map<Path, String> resolved = new ConcurrentHashMap<>();
  private final Map<Path, Path> directories = new ConcurrentHashMap<>();
  private final String cwd;
  private final String home;
  private final String user;
  private final List<String> workspaces;
  private final List<String> scratch;
  private final Optional<WorkTree> workTree;

  private final boolean foresees;
  private PresentSurroundings alone;

  private PresentSurroundings(
      String cwd, String home, String user, Optional<Path> workspace, boolean foresees) {
    this.foresees = foresees;
    this.cwd = cwd;
    this.home = home;
    this.user = user;
    this.workspaces = workspace.map(Path::toString).stream().toList();
    this.scratch = List.of("/tmp", "/var/tmp", "/private/tmp", home + "/.cache");
    this.workTree = workspace.flatMap(WorkTree::of);
  }

  static PresentSurroundings at(Path cwd, Path home, String user) {
    Path here = real(cwd);
    Path own = real(home);
    Path top = top(here);
    boolean tooMuch = top.getParent() == null || own.startsWith(top);
    return new PresentSurroundings(
        here.toString(), own.toString(), user, tooMuch ? Optional.empty() : Optional.of(top), true);
  }

  /** Return the same place, where what is judged is judged by itself. */
  synchronized PresentSurroundings withoutForesight() {
    if (alone == null) {
      alone =
          new PresentSurroundings(
              cwd, home, user, workspaces.stream().map(Path::of).findFirst(), false);
    }
    return alone;
  }

  private static Path top(Path cwd) {
    for (Path at = cwd; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return at;
      }
    }
    return cwd;
  }

  /** Resolve a path below directories that were resolved before. */
  private Path find(Path path) {
    Path parent = path.getParent();
    if (parent == null || Files.isSymbolicLink(path)) {
      return real(path);
    }
    Path directory = directories.get(parent);
    if (directory == null) {
      directory = Files.exists(parent) ? real(parent) : find(parent);
      directories.put(parent, directory);
    }
    return directory.resolve(path.getFileName());
  }

  /** Resolve links in as much of a path as exists. */
  private static Path real(Path path) {
    Path at = path.normalize();
    Path rest = at.getFileSystem().getPath("");
    while (at != null) {
      try {
        return at.toRealPath().resolve(rest).normalize();
      } catch (IOException e) {
        /* Not there, or not for us: its parent may be. */
        Path name = at.getFileName();
        rest = name == null ? rest : name.resolve(rest);
        at = at.getParent();
      }
    }
    return path.normalize();
  }

  String cwd() {
    return cwd;
  }

  /** Replace a leading {@code ~}. */
  String expand(String path) {
    return path.equals("~") || path.startsWith("~/") ? home + path.substring(1) : path;
  }

  @Override
  public Optional<FileIdentity> identify(String path) {
    if (identities.size() > MANY) {
      identities.clear();
    }
    return identities.computeIfAbsent(path, PresentSurroundings::look);
  }

  private static Optional<FileIdentity> look(String path) {
    try {
      Path file = Path.of(path);
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      Map<String, Object> facts =
          Files.readAttributes(
              file,
              "unix:dev,ino,size,lastModifiedTime,creationTime,mode,nlink,uid,gid",
              LinkOption.NOFOLLOW_LINKS);
      return Optional.of(
          new FileIdentity(
              number(facts, "dev"),
              number(facts, "ino"),
              number(facts, "size"),
              time(facts, "lastModifiedTime"),
              time(facts, "creationTime"),
              (int) number(facts, "mode"),
              (int) number(facts, "nlink"),
              (int) number(facts, "uid"),
              (int) number(facts, "gid")));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static long number(Map<String, Object> facts, String name) {
    return ((Number) facts.get(name)).longValue();
  }

  private static Instant time(Map<String, Object> facts, String name) {
    return ((FileTime) facts.get(name)).toInstant();
  }

  @Override
  public Optional<String> resolve(String directory, String path) {
    try {
      Path whole = Path.of(directory).resolve(path).normalize();
      if (resolved.size() > MANY) {
        resolved.clear();
      }
      return Optional.of(resolved.computeIfAbsent(whole, p -> find(p).toString()));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> workspaces() {
    return workspaces;
  }

  @Override
  public String home() {
    return home;
  }

  @Override
  public List<String> scratchDirectories() {
    return scratch;
  }

  @Override
  public List<String> ownStateDirectories() {
    return List.of();
  }

  @Override
  public String wrapped() {
    return "";
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public boolean unchangedInGit(String path) {
    return workTree.map(tree -> tree.holds(path)).orElse(false);
  }

  @Override
  public boolean regenerable(String path) {
    return workspaces.stream()
        .anyMatch(
            root -> RegenerableNames.hold(root, path, workTree.isPresent() || isAbsent(root)));
  }

  private static boolean isAbsent(String root) {
    return !Files.exists(Path.of(root));
  }

  @Override
  public Optional<String> text(String path) {
    return SmallTextFile.read(Path.of(path));
  }

  @Override
  public boolean foresees() {
    return foresees;
  }
}
