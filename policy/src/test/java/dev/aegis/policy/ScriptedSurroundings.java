package dev.aegis.policy;

import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation.SocketAccess;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Surroundings that a test writes down: which files exist, and what is known of them. */
public final class ScriptedSurroundings implements Surroundings {
  public static final String HOME = "/home/ada";
  public static final String WORKSPACE = HOME + "/project";

  private final List<OperationCount> counted = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private int reached = 1;
  private final Map<String, FileIdentity> files = new HashMap<>();
  private final Set<Long> created = new HashSet<>();
  private final Set<String> inGit = new HashSet<>();
  private final Set<String> regenerable = new HashSet<>();
  private final Set<Integer> pids = new HashSet<>(Set.of(100));
  private final List<String> scratch =
      new ArrayList<>(List.of("/tmp", "/var/tmp", HOME + "/.cache"));
  private boolean clean;
  private boolean inMemory;
  private boolean everythingExists;
  private boolean byWrapped;
  private boolean foresees;
  private Optional<Listener> listener = Optional.empty();
  private List<String> wrappedArguments = List.of();
  private Optional<String> script = Optional.empty();
  private long inode = 10;

  /** Let a regular file exist. */
  public FileIdentity file(String path) {
    return put(path, 0100644);
  }

  /** Let a directory exist. */
  public FileIdentity directory(String path) {
    return put(path, 0040755);
  }

  public FileIdentity created(String path) {
    FileIdentity identity = file(path);
    created.add(identity.inode());
    return identity;
  }

  public FileIdentity createdDirectory(String path) {
    FileIdentity identity = directory(path);
    created.add(identity.inode());
    return identity;
  }

  public FileIdentity inGit(String path) {
    inGit.add(path);
    return file(path);
  }

  public void regenerableDirectory(String path) {
    regenerable.add(path);
    directory(path);
  }

  /** Let every path name a directory, but names with a dot a regular file. */
  public void everythingExists() {
    everythingExists = true;
  }

  /** Let the session have made this object. */
  public void made(FileIdentity identity) {
    created.add(identity.inode());
  }

  /** Let every path outside of the known places lie in a private file system. */
  public void inMemory() {
    inMemory = true;
  }

  @Override
  public boolean onPrivateFileSystem(String path) {
    return inMemory;
  }

  public void cleanWorkTree() {
    clean = true;
  }

  public void askedByWrapped() {
    byWrapped = true;
  }

  public void script(String path) {
    script = Optional.of(path);
    file(path);
  }

  private FileIdentity put(String path, int mode) {
    FileIdentity identity =
        new FileIdentity(1, inode++, 10, Instant.EPOCH, Instant.EPOCH, mode, 1, 1000, 1000);
    files.put(path, identity);
    return identity;
  }

  @Override
  public Optional<FileIdentity> identify(String path) {
    if (!files.containsKey(path) && path.startsWith("/usr/bin/")) {
      file(path);
    } else if (!files.containsKey(path)
        && everythingExists
        && !path.contains("/node_modules/.bin/")) {
      boolean regular = path.substring(path.lastIndexOf('/')).matches("/(.*\\..*|id_.*|.)");
      put(path, regular ? 0100644 : 0040755);
    }
    return Optional.ofNullable(files.get(path));
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
    return scratch;
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
    return "ada";
  }

  @Override
  public boolean createdBySession(FileIdentity identity) {
    return created.contains(identity.inode());
  }

  @Override
  public boolean unchangedInGit(String path) {
    return inGit.contains(path);
  }

  /** Let nothing be there and nothing really run: what is judged are names. */
  public ScriptedSurroundings foreseeing() {
    foresees = true;
    return this;
  }

  @Override
  public boolean foresees() {
    return foresees;
  }

  @Override
  public boolean regenerable(String path) {
    if (foresees && RegenerableNames.hold(WORKSPACE, path, true)) {
      return true;
    }
    return regenerable.stream().anyMatch(r -> path.equals(r) || path.startsWith(r + "/"));
  }

  @Override
  public boolean inSession(int pid) {
    return pids.contains(pid);
  }

  @Override
  public Optional<String> script() {
    return script;
  }

  @Override
  public boolean askedByWrappedProgram() {
    return byWrapped;
  }

  /** Let this one listen at every local address. */
  public void listener(Listener one) {
    listener = Optional.of(one);
  }

  @Override
  public Optional<Listener> listener(SocketAccess access) {
    return listener;
  }

  /** Let the asking process be the one that the user wrapped, with these arguments. */
  public void wrappedWith(String... arguments) {
    wrappedArguments = List.of(arguments);
  }

  @Override
  public boolean isWrappedCommand(List<String> words) {
    int from = words.size() - wrappedArguments.size();
    return !wrappedArguments.isEmpty()
        && from > 0
        && words.subList(from, words.size()).equals(wrappedArguments);
  }

  @Override
  public boolean holdsUncommittedWork(String directory) {
    return !clean;
  }

  /** Let every rule with a rate be reached for the so-manieth time. */
  public ScriptedSurroundings reached(int times) {
    reached = times;
    return this;
  }

  /** Return what rules with a rate have counted. */
  public List<OperationCount> counted() {
    return counted;
  }

  @Override
  public int count(OperationCount rule) {
    counted.add(rule);
    return reached;
  }

  /** Let the process that asks have been started with a variable. */
  public void knows(String variable) {
    known.add(variable);
  }

  @Override
  public boolean isKnownSetting(String variable) {
    return known.contains(variable);
  }
}
