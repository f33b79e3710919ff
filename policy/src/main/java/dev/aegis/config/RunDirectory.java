package dev.aegis.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The directory of the sockets and session pages of one home, gone when the machine restarts.
 *
 * @param path absolute path
 */
public record RunDirectory(Path path) {

  /** Longest session id, in characters, for which a reporter socket's path must still fit. */
  public static final int SESSION_ID_LENGTH = 24;

  /* sizeof(sun_path) on Linux, less the NUL. */
  private static final int LONGEST_SOCKET_PATH = 107;
  private static final int HASH_BYTES = 8;

  /**
   * Choose the run directory for a home: below XDG_RUNTIME_DIR where there is one, else below the
   * home.
   *
   * @throws ConfigException when the path would be too long for a Unix socket
   */
  public static RunDirectory choose(AegisHome home, Map<String, String> environment)
      throws ConfigException, IOException {
    Path real = home.realRoot();
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    Path path =
        !runtime.isEmpty() && Path.of(runtime).isAbsolute() && Files.isWritable(Path.of(runtime))
            ? Path.of(runtime).toRealPath().resolve("aegis").resolve(hash(real))
            : real.resolve("run");
    RunDirectory run = new RunDirectory(path);
    int length = run.longestSocketPath();
    if (length > LONGEST_SOCKET_PATH) {
      throw new ConfigException(
          "%s is too long for Unix sockets by %d bytes: set XDG_RUNTIME_DIR or AEGIS_HOME to a shorter path"
              .formatted(path, length - LONGEST_SOCKET_PATH));
    }
    return run;
  }

  private int longestSocketPath() {
    return path.toString().getBytes(StandardCharsets.UTF_8).length
        + "/".length()
        + SESSION_ID_LENGTH
        + "/reporter.sock".length();
  }

  private static String hash(Path real) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(real.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Make the directory, reachable by the owner alone. */
  public void create() throws IOException {
    OwnerOnly.createDirectory(path.getParent());
    OwnerOnly.createDirectory(path);
  }

  public Path controlSocket() {
    return path.resolve("control.sock");
  }

  /** The directory of one session. */
  public Path session(String id) {
    return path.resolve(id);
  }
}
