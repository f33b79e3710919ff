package dev.aegis.daemon.intercept;

import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.daemon.kernel.Mounts;
import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.DeclaredCoverage;
import dev.aegis.operation.FileIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** One open session. Thread-safe. */
public final class Session {

  private final String id;
  private final SessionRequest request;
  private final List<Path> workspaces;
  private final Path directory;
  private final Instant openedAt;
  private final FileKey gate;
  private final Optional<FileKey> loader;
  private final LongAdder asked = new LongAdder();
  private final LongAdder allowed = new LongAdder();
  private final LongAdder denied = new LongAdder();
  private final LongAdder approvals = new LongAdder();
  private volatile Optional<ProcessTree> tree = Optional.empty();

  Session(
      String id,
      SessionRequest request,
      List<Path> workspaces,
      Path directory,
      Instant openedAt,
      FileKey gate,
      Optional<FileKey> loader) {
    this.id = id;
    this.request = request;
    this.workspaces = List.copyOf(workspaces);
    this.directory = directory;
    this.openedAt = openedAt;
    this.gate = gate;
    this.loader = loader;
  }

  /** Return the id, at most 24 characters. */
  public String id() {
    return id;
  }

  /** Return what was asked for when it was opened. */
  public SessionRequest request() {
    return request;
  }

  /** Return the real paths of its workspaces, possibly none. */
  public List<Path> workspaces() {
    return workspaces;
  }

  /** Return when it was opened. */
  public Instant openedAt() {
    return openedAt;
  }

  Path directory() {
    return directory;
  }

  Path socket() {
    return directory.resolve("reporter.sock");
  }

  /** Return the process from which it descends, once it has started. */
  public Optional<ProcessKey> starter() {
    return tree.map(ProcessTree::starter);
  }

  Optional<ProcessTree> tree() {
    return tree;
  }

  void start(ProcessKey starter) {
    tree = Optional.of(new ProcessTree(starter, gate, loader));
  }

  /** Count an operation that was asked about. */
  public void countAsked() {
    asked.increment();
  }

  /** Count an answer. */
  public void countAnswer(boolean isAllowed) {
    (isAllowed ? allowed : denied).increment();
  }

  /** Count a question that was put to people. */
  public void countApproval() {
    approvals.increment();
  }

  /** Return the numbers so far. */
  public SessionSummary counts(List<String> dryRun) {
    return new SessionSummary(
        id, asked.sum(), allowed.sum(), denied.sum(), approvals.sum(), dryRun);
  }

  /** Return the recorded ancestors of a process, itself first, up to the wrapped program. */
  public List<ProcessKey> lineage(ProcessKey process) {
    return tree.map(known -> known.lineage(process)).orElse(List.of());
  }

  /** Return what is known of a member. */
  public Optional<ProcessView> process(ProcessKey process) {
    return tree.flatMap(known -> known.find(process));
  }

  /** Tell whether a process belongs to this session, as the kernel says now. */
  public boolean contains(int pid) {
    return tree.map(known -> known.contains(pid)).orElse(false);
  }

  /** Return the pids of its recorded processes that are alive. */
  public List<Integer> pids() {
    return tree.map(ProcessTree::alive).orElse(List.of()).stream()
        .map(process -> process.key().pid())
        .toList();
  }

  /** Tell whether a process lives in another mount namespace than the session began in. */
  public boolean hasOwnMounts(int pid) {
    return tree.map(
            known ->
                !KernelFiles.readLink("/proc/" + pid + "/ns/mnt")
                    .equals(KernelFiles.readLink("/proc/" + known.starter().pid() + "/ns/mnt")))
        .orElse(false);
  }

  /** Return the number of the mount namespace that the session began in, or 0. */
  long mounts() {
    return tree.flatMap(known -> KernelFiles.readLink("/proc/" + known.starter().pid() + "/ns/mnt"))
        .map(link -> link.replaceAll("[^0-9]", ""))
        .filter(number -> !number.isEmpty())
        .map(Long::parseLong)
        .orElse(0L);
  }

  /** Tell whether a path, as a process sees it, lies in memory that is mounted nowhere outside. */
  public boolean isPrivate(int pid, String path) {
    return hasOwnMounts(pid)
        && tree.map(
                known ->
                    Mounts.of(pid)
                        .memoryUnder(path)
                        .filter(
                            device -> !Mounts.of(known.starter().pid()).devices().contains(device))
                        .isPresent())
            .orElse(false);
  }

  /**
   * Find the name outside of what a process in mounts of its own calls so, as a sandbox does; empty
   * when there is no other name.
   */
  public Optional<String> nameOutside(int pid, String path) {
    if (!hasOwnMounts(pid)) {
      return belowRoot(pid, path);
    }
    Optional<String> mapped =
        tree.flatMap(known -> Mounts.of(pid).nameAmong(Mounts.of(known.starter().pid()), path));
    return mapped.isPresent() ? mapped.filter(name -> !name.equals(path)) : belowRoot(pid, path);
  }

  /* What chroot made the root of a process, without a mount there, its table of mounts does not show. */
  private static Optional<String> belowRoot(int pid, String path) {
    return KernelFiles.readLink("/proc/" + pid + "/root")
        .filter(root -> !root.equals("/"))
        .map(root -> path.equals("/") ? root : root + path);
  }

  /** Tell whether a process runs the gate. */
  public boolean isGate(ProcessKey process) {
    return tree.map(known -> known.isGate(process)).orElse(false);
  }

  /** Record that a process becomes the wrapped program as well, which starts itself again in it. */
  public void isWrappedAgain(ProcessKey process) {
    tree.ifPresent(known -> known.isWrappedAgain(process));
  }

  /** Tell whether a process, recorded or not, runs the gate now. */
  public boolean runsGate(int pid) {
    return ProcessFacts.executableIdentity(pid).map(FileKey::of).filter(gate::equals).isPresent();
  }

  /**
   * Record that a process may become another program; the next look at it tells whether it did.
   *
   * @param executable the file that the kernel will run: the program, or a script's interpreter
   * @param coverage how well it will be supervised
   * @param script for a script, the script itself
   * @param spawned true when a child of the process will run it
   */
  public void expect(
      ProcessKey process,
      FileIdentity executable,
      String program,
      DeclaredCoverage coverage,
      Optional<String> script,
      boolean spawned) {
    tree.ifPresent(
        known ->
            known.expect(
                process, new Image(FileKey.of(executable), program, coverage, script), spawned));
  }
}
