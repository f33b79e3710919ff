package dev.aegis.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * The directory where one installation of Aegis keeps its state: AEGIS_HOME, else {@code
 * $HOME/.aegis}.
 *
 * @param root absolute path, which need not exist yet
 * @param userHome the user's home directory as the environment names it, for {@code ~}
 */
public record AegisHome(Path root, Path userHome) {

  public AegisHome {
    if (!root.isAbsolute() || !userHome.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + root + ", " + userHome);
    }
  }

  /**
   * Find the home that an environment names.
   *
   * @param environment variables by name
   * @throws ConfigException when neither AEGIS_HOME nor HOME holds the absolute path of a directory
   */
  public static AegisHome of(Map<String, String> environment) throws ConfigException {
    String home = environment.getOrDefault("HOME", "");
    String aegisHome = environment.getOrDefault("AEGIS_HOME", "");
    if (aegisHome.isEmpty() && home.isEmpty()) {
      throw new ConfigException(
          "neither AEGIS_HOME nor HOME is set: set AEGIS_HOME to the directory that holds Aegis's"
              + " state");
    }
    Path userHome = absolute("HOME", home.isEmpty() ? "/" : home);
    Path root =
        aegisHome.isEmpty() ? userHome.resolve(".aegis") : absolute("AEGIS_HOME", aegisHome);
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new ConfigException(
          root + " is no directory: move it away, or set AEGIS_HOME to another place");
    }
    return new AegisHome(root, userHome);
  }

  private static Path absolute(String variable, String value) throws ConfigException {
    Path path = Path.of(value);
    if (!path.isAbsolute()) {
      throw new ConfigException(
          variable + " is \"" + value + "\": expected an absolute path, such as /home/me/.aegis");
    }
    return path.normalize();
  }

  /**
   * Make the home and its subdirectories, reachable by the owner alone.
   *
   * @return this home by its real path
   */
  public AegisHome create() throws IOException {
    OwnerOnly.createDirectory(root);
    AegisHome real = new AegisHome(root.toRealPath(), userHome);
    OwnerOnly.createDirectory(real.logs());
    OwnerOnly.createDirectory(real.learnedPolicies());
    OwnerOnly.createDirectory(real.temporary());
    return real;
  }

  /** Return the path that names this home without symbolic links, as far as it exists. */
  public Path realRoot() throws IOException {
    Path existing = root;
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    try {
      return existing.toRealPath().resolve(existing.relativize(root)).normalize();
    } catch (AccessDeniedException e) {
      throw new IOException("cannot reach " + existing + ": permission denied", e);
    }
  }

  /** Expand {@code ~} and take a relative path from this home. */
  public Path resolve(String written) {
    if (written.equals("~")) {
      return userHome;
    }
    if (written.startsWith("~/")) {
      return userHome.resolve(written.substring(2)).normalize();
    }
    return root.resolve(written).normalize();
  }

  public Path configFile() {
    return root.resolve("config.toml");
  }

  /** The user's rules, unless {@code policy.path} says otherwise. */
  public Path policyFile() {
    return root.resolve("policy.toml");
  }

  /** The directory of the rules that were learned from approvals. */
  public Path learnedPolicies() {
    return root.resolve("policy.d");
  }

  /** What the user has said of the policies of projects. */
  public TrustedProjects trustedProjects() {
    return new TrustedProjects(root.resolve("trusted-projects"));
  }

  /** The database, unless {@code database.path} says otherwise. */
  public Path database() {
    return root.resolve("aegis.db");
  }

  public Path auditKey() {
    return root.resolve("audit.key");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path logFile() {
    return logs().resolve("aegis.log");
  }

  /** Where the daemon unpacks its native libraries: out of the reach of whoever is supervised. */
  public Path temporary() {
    return root.resolve("tmp");
  }

  /** The file that one daemon keeps locked while it lives. */
  public Path lock() {
    return root.resolve("lock");
  }

  /** What the owner of the lock says of itself; written only by the owner of the lock. */
  public Path lockOwner() {
    return root.resolve("lock.owner");
  }
}
