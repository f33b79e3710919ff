package dev.aegis.launcher;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Aegis is installed, and the native files of that installation.
 *
 * @param directory real path of the distribution; of the build directory when run from classes
 * @param natives directory of the native files for this machine
 */
public record Distribution(Path directory, Path natives) {

  private static final String MACHINE = "linux-x86_64";

  /**
   * Finds the distribution that this code runs from.
   *
   * @throws LaunchException when its native files are not there
   */
  public static Distribution find() throws LaunchException {
    Path code = ownCode();
    boolean isJar = Files.isRegularFile(code);
    Path directory = isJar ? code.getParent().getParent() : code.getParent();
    Path natives = directory.resolve(isJar ? "lib/native" : "native").resolve(MACHINE);
    Distribution distribution = new Distribution(directory, natives);
    if (!Files.isExecutable(distribution.starter())) {
      throw new LaunchException(
          7, distribution.starter() + " is missing: build or install Aegis again");
    }
    return distribution;
  }

  /** The preloaded library. */
  public Path library() {
    return natives.resolve("libaegis.so");
  }

  /** The program that a held exec turns into. */
  public Path gate() {
    return natives.resolve("aegis-gate");
  }

  /** What programs run in that no library reaches; empty where it was not built. */
  public Optional<Path> loader() {
    return Optional.of(natives.resolve("aegis-loader")).filter(Files::isExecutable);
  }

  /** The starter of a session. */
  public Path starter() {
    return natives.resolve("aegis-session");
  }

  private static Path ownCode() throws LaunchException {
    try {
      return Path.of(Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toRealPath();
    } catch (URISyntaxException | java.io.IOException e) {
      throw new LaunchException(3, "cannot tell where Aegis is installed: " + e.getMessage(), e);
    }
  }
}
