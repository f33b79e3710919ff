package dev.aegis.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs of this machine that a test drives. */
final class Programs {

  private static final List<String> DIRECTORIES = List.of("/usr/local/bin", "/usr/bin", "/bin");

  private Programs() {}

  /** Skip the test, naming the program, where it is not installed. */
  static void require(String... names) {
    for (String name : names) {
      assumeTrue(
          DIRECTORIES.stream().anyMatch(at -> Files.isExecutable(Path.of(at, name))),
          name + " is not installed");
    }
  }
}
