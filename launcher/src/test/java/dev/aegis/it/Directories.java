package dev.aegis.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories that a test makes and takes away again. */
final class Directories {

  private Directories() {}

  /** Make a directory below /home where that can be had, else below the user's own home. */
  static Path createUserHome() throws IOException {
    Path own = Path.of(System.getProperty("user.home"));
    Path parent = Files.isWritable(Path.of("/home")) ? Path.of("/home") : own;
    return Files.createTempDirectory(parent, "aegis-it-").toRealPath();
  }

  /** Make a directory with a path so short that Unix sockets fit below it. */
  static Path createShort() throws IOException {
    return Files.createTempDirectory(
            Path.of("/var/tmp"),
            "ae",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
        .toRealPath();
  }

  static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
