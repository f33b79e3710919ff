package dev.aegis.policy.rules;

import dev.aegis.operation.FileIdentity;
import dev.aegis.policy.OperationCount;
import dev.aegis.policy.Surroundings;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine that rule tests and measurements run on: user {@code user} at {@code /home/user},
 * working in {@code /home/user/project}. Every file exists, none is held by git, none was made by
 * the session, no time goes by, and no file system is waited for.
 */
public final class ImaginarySurroundings implements Surroundings {
  /** Home directory of the user. */
  public static final String HOME = "/home/user";

  /** The only workspace. */
  public static final String WORKSPACE = HOME + "/project";

  /** What every path is: an executable file of the user. */
  public static final FileIdentity FILE =
      new FileIdentity(1, 2, 3, Instant.EPOCH, Instant.EPOCH, 0100755, 1, 1000, 1000);

  private final Map<OperationCount, Integer> counts = new HashMap<>();
  private final boolean foresees;

  private ImaginarySurroundings(boolean foresees) {
    this.foresees = foresees;
  }

  /** A machine on which what was allowed really happens. */
  public static ImaginarySurroundings acting() {
    return new ImaginarySurroundings(false);
  }

  /** A machine on which nothing will really run, as in {@code aegis policy check}. */
  public static ImaginarySurroundings foreseeing() {
    return new ImaginarySurroundings(true);
  }

  String expand(String path) {
    if (path.equals("~") || path.startsWith("~/")) {
      return HOME + path.substring(1);
    }
    return path.replace("${home}", HOME).replace("${workspace}", WORKSPACE);
  }

  @Override
  public Optional<FileIdentity> identify(String path) {
    return Optional.of(FILE);
  }

  @Override
  public Optional<String> resolve(String cwd, String path) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : (path.startsWith("/") ? path : cwd + "/" + path).split("/", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return Optional.of("/" + String.join("/", names));
  }

  @Override
  public List<String> workspaces() {
    return List.of(WORKSPACE);
  }

  @Override
  public String home() {
    return HOME;
  }

  @Override
  public List<String> scratchDirectories() {
    return List.of("/tmp", "/var/tmp", HOME + "/.cache");
  }

  @Override
  public List<String> ownStateDirectories() {
    return List.of(HOME + "/.claude");
  }

  @Override
  public String wrapped() {
    return "claude";
  }

  @Override
  public String user() {
    return "user";
  }

  @Override
  public int count(OperationCount counted) {
    return counts.merge(counted, 1, Integer::sum);
  }

  @Override
  public boolean foresees() {
    return foresees;
  }
}
