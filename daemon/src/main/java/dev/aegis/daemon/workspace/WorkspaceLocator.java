package dev.aegis.daemon.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the workspaces of a session: the git top level around a directory, else the directory
 * itself, but never so much that a session would own the user's home.
 */
public final class WorkspaceLocator {

  private final Path home;
  private final Path aegisHome;

  /**
   * A locator.
   *
   * @param home the user's home directory, real path
   * @param aegisHome AEGIS_HOME, real path
   */
  public WorkspaceLocator(Path home, Path aegisHome) {
    this.home = home;
    this.aegisHome = aegisHome;
  }

  /**
   * Locate.
   *
   * @param named directories that the user named; when there are any, nothing is searched
   */
  public LocatedWorkspaces locate(Path cwd, List<Path> named) throws IOException {
    List<Path> paths = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    for (Path candidate : named.isEmpty() ? List.of(around(cwd)) : named) {
      Path real = candidate.toRealPath();
      Optional<String> objection = objection(real);
      if (objection.isPresent()) {
        notices.add(
            "no workspace at %s: it is %s; every change there is judged as outside the workspace. Name one with --workspace DIR"
                .formatted(real, objection.get()));
      } else if (!paths.contains(real)) {
        paths.add(real);
        GitDirectory.of(real)
            .map(GitDirectory::common)
            .filter(common -> !common.startsWith(real))
            .filter(common -> objection(common).isEmpty())
            .ifPresent(paths::add);
      }
    }
    return new LocatedWorkspaces(paths, notices);
  }

  private static Path around(Path cwd) throws IOException {
    Path real = cwd.toRealPath();
    for (Path at = real; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return at;
      }
    }
    return real;
  }

  private Optional<String> objection(Path real) {
    if (real.getParent() == null) {
      return Optional.of("the root directory");
    }
    if (real.equals(home)) {
      return Optional.of("the home directory");
    }
    if (aegisHome.startsWith(real)) {
      return Optional.of("around Aegis's own state");
    }
    return home.startsWith(real) ? Optional.of("around the home directory") : Optional.empty();
  }
}
