package dev.aegis.policy.meaning;

import dev.aegis.policy.Surroundings;
import java.util.List;
import java.util.Set;

/** Tells where a path lies; the longest directory that holds it decides. */
final class Places {
  private static final Set<String> HARMLESS =
      Set.of(
          "/dev/null",
          "/dev/zero",
          "/dev/full",
          "/dev/random",
          "/dev/urandom",
          "/dev/tty",
          "/dev/ptmx",
          "/dev/pts/ptmx");
  private static final List<String> MACHINE =
      List.of("/etc", "/boot", "/dev", "/sys", "/proc", "/efi");
  private static final List<String> SYSTEM =
      List.of("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin");

  private final List<Glob> toolState;
  private final Set<String> aboveToolState;

  Places(List<Glob> toolState, Set<String> aboveToolState) {
    this.toolState = toolState;
    this.aboveToolState = aboveToolState;
  }

  /** Return the directories that belong to the machine. */
  static List<String> machineDirectories() {
    return MACHINE;
  }

  Place of(String path, Surroundings s) {
    if (path.startsWith("/dev/") || path.startsWith("/proc/")) {
      return special(path, s);
    }
    int length = 0;
    Place place = null;
    for (String directory : s.workspaces()) {
      if (directory.length() > length && Paths.isWithin(path, directory)) {
        length = directory.length();
        place = Place.WORKSPACE;
      }
    }
    for (String directory : s.ownStateDirectories()) {
      if (directory.length() > length && isState(path, directory)) {
        length = directory.length();
        place = Place.OWN_STATE;
      }
    }
    for (String directory : s.scratchDirectories()) {
      if (directory.length() > length && Paths.isWithin(path, directory)) {
        length = directory.length();
        place = Place.SCRATCH;
      }
    }
    String home = s.home();
    if (home.length() > length && Paths.isWithin(path, home)) {
      place = isToolState(path, s) ? Place.TOOL_STATE : Place.HOME;
    }
    if (place != null) {
      return place;
    }
    return s.onPrivateFileSystem(path) ? Place.SCRATCH : outside(path);
  }

  /**
   * Tell where a directory that does not exist yet would lie: one that a cache needs is part of it.
   */
  Place ofNewDirectory(String path, Surroundings s) {
    Place place = of(path, s);
    boolean needed =
        place == Place.HOME
            && path.length() > s.home().length()
            && aboveToolState.contains("~" + path.substring(s.home().length()));
    return needed ? Place.TOOL_STATE : place;
  }

  /** State in one file has temporary, lock and backup files beside it: {@code state.json.tmp.7}. */
  private static boolean isState(String path, String state) {
    return Paths.isWithin(path, state)
        || (path.startsWith(state)
            && path.charAt(state.length()) == '.'
            && path.indexOf('/', state.length()) < 0);
  }

  /** Tell whether a path lies where only the machine's administrator installs programs. */
  static boolean isSystem(String path) {
    for (String directory : SYSTEM) {
      if (Paths.isWithin(path, directory)) {
        return !path.startsWith("/usr/local/");
      }
    }
    return false;
  }

  private boolean isToolState(String path, Surroundings s) {
    for (Glob glob : toolState) {
      if (glob.matches(path, s)) {
        return true;
      }
    }
    return false;
  }

  private static Place special(String path, Surroundings s) {
    if (HARMLESS.contains(path)
        || path.startsWith("/dev/pts/")
        || Paths.isWithin(path, "/dev/fd")
        || path.startsWith("/dev/std")) {
      return Place.TERMINAL;
    }
    if (Paths.isWithin(path, "/dev/shm") || Paths.isWithin(path, "/dev/mqueue")) {
      return Place.SCRATCH;
    }
    if (path.startsWith("/proc/self/") || path.startsWith("/proc/thread-self/")) {
      return Place.PROCESS;
    }
    int pid = Paths.processOf(path);
    if (pid > 0) {
      return s.inSession(pid) ? Place.PROCESS : Place.FOREIGN_PROCESS;
    }
    return Place.MACHINE;
  }

  private static Place outside(String path) {
    for (String directory : MACHINE) {
      if (Paths.isWithin(path, directory)) {
        return Place.MACHINE;
      }
    }
    return Place.ELSEWHERE;
  }
}
