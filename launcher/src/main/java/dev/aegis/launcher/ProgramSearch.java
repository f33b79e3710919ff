package dev.aegis.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** Finds a program as a shell does, so that a mistyped name is told before anything starts. */
final class ProgramSearch {

  private static final int NOT_EXECUTABLE = 5;
  private static final int NOT_FOUND = 7;

  private ProgramSearch() {}

  /**
   * Finds a program.
   *
   * @param name as typed
   * @param path the user's PATH
   * @throws LaunchException when there is none, or it may not be executed
   */
  static Path find(String name, String path) throws LaunchException {
    if (name.isEmpty()) {
      throw new LaunchException(1, "expected the name of a program to run, found an empty one");
    }
    if (name.indexOf('/') >= 0) {
      return checked(Paths.get(name), name);
    }
    Path refused = null;
    for (String directory : path.split(":", -1)) {
      Path candidate = Paths.get(directory.isEmpty() ? "." : directory).resolve(name);
      if (Files.isRegularFile(candidate)) {
        if (Files.isExecutable(candidate)) {
          return candidate;
        }
        refused = refused == null ? candidate : refused;
      }
    }
    if (refused != null) {
      throw new LaunchException(NOT_EXECUTABLE, refused + ": permission denied (not executable)");
    }
    throw new LaunchException(NOT_FOUND, name + ": command not found; install it or give its path");
  }

  private static Path checked(Path program, String name) throws LaunchException {
    if (Files.isDirectory(program)) {
      throw new LaunchException(NOT_EXECUTABLE, name + ": is a directory, expected a program");
    }
    if (!Files.exists(program)) {
      throw new LaunchException(NOT_FOUND, name + ": no such file or directory");
    }
    if (!Files.isExecutable(program)) {
      throw new LaunchException(NOT_EXECUTABLE, name + ": permission denied (not executable)");
    }
    return program;
  }
}
