package dev.aegis.launcher.check;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the caller stands: directory, home and login name. Finds the surroundings of any other
 * place once. Thread-safe.
 */
public final class Whereabouts {
  private static final int MANY = 1_000;

  private record Place(String cwd, String home) {}

  private final Path cwd;
  private final Path home;
  private final String user;
  private final Map<Place, PresentSurroundings> known = new ConcurrentHashMap<>();

  /**
   * A caller.
   *
   * @param cwd working directory, absolute
   * @param home home directory, absolute
   * @param user login name
   */
  public Whereabouts(Path cwd, Path home, String user) {
    this.cwd = cwd;
    this.home = home;
    this.user = user;
  }

  /** Return the real paths of the caller's workspaces: the git work tree, else the directory. */
  public List<Path> workspaces() {
    return PresentSurroundings.at(cwd, home, user).workspaces().stream().map(Path::of).toList();
  }

  PresentSurroundings of(Optional<String> otherCwd, Optional<String> otherHome)
      throws BadQuestionException {
    Path itsHome = otherHome.isEmpty() ? home : absolute("home", otherHome.get(), home);
    Path itsCwd = otherCwd.isEmpty() ? cwd : absolute("cwd", otherCwd.get(), itsHome);
    Place place = new Place(itsCwd.toString(), itsHome.toString());
    if (known.size() > MANY) {
      known.clear();
    }
    return known.computeIfAbsent(place, p -> PresentSurroundings.at(itsCwd, itsHome, user));
  }

  private static Path absolute(String key, String text, Path home) throws BadQuestionException {
    try {
      String expanded = text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
      Path path = Path.of(expanded);
      if (!path.isAbsolute()) {
        throw new BadQuestionException(
            "\"" + key + "\" is \"" + text + "\"; expected an absolute path");
      }
      return path.normalize();
    } catch (InvalidPathException e) {
      throw new BadQuestionException("\"" + key + "\" is no path: " + e.getReason());
    }
  }
}
