package dev.aegis.daemon.pipeline;

import dev.aegis.config.SmallTextFile;
import dev.aegis.daemon.intercept.ProcessView;
import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.Coverage;
import dev.aegis.operation.CoverageReason;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation.SocketAccess;
import dev.aegis.policy.Listener;
import dev.aegis.policy.OperationCount;
import dev.aegis.policy.Surroundings;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a decision about one process of one session may know. */
final class SessionSurroundings implements Surroundings {

  private static final Logger LOG = LoggerFactory.getLogger(SessionSurroundings.class);

  private static final ProcessView NOBODY =
      new ProcessView(
          new ProcessKey(0, 0),
          "",
          Coverage.NONE,
          CoverageReason.DYNAMIC,
          Optional.empty(),
          Optional.empty(),
          false,
          false);

  private final SessionContext context;
  private final ProcessView process;
  private final Set<String> outside;
  private final boolean mayWait;

  /**
   * Surroundings of one that asks; where it may not wait, {@link WalkNeededException} is thrown
   * instead of touching the file system.
   */
  SessionSurroundings(Asking asking) {
    this(asking.context(), asking.process(), asking.outside(), asking.mayWait());
  }

  private SessionSurroundings(
      SessionContext context, ProcessView process, Set<String> outside, boolean mayWait) {
    this.context = context;
    this.process = process;
    this.outside = outside;
    this.mayWait = mayWait;
  }

  /** Surroundings in which nothing is asked of a process or of a file. */
  static SessionSurroundings ofNobody(SessionContext context) {
    return new SessionSurroundings(context, NOBODY, Set.of(), false);
  }

  private void waits() {
    if (!mayWait) {
      throw new WalkNeededException();
    }
  }

  @Override
  public Optional<FileIdentity> identify(String path) {
    waits();
    return KernelFiles.identify(path);
  }

  @Override
  public Optional<String> resolve(String cwd, String path) {
    waits();
    try {
      return Optional.of(Path.of(cwd).resolve(path).toRealPath().toString());
    } catch (IOException | InvalidPathException e) {
      LOG.trace("{} does not resolve in {}", path, cwd, e);
      return Optional.empty();
    }
  }

  @Override
  public List<String> workspaces() {
    return context.workspaces();
  }

  @Override
  public String home() {
    return context.whereabouts().home().toString();
  }

  @Override
  public List<String> scratchDirectories() {
    return context.scratch();
  }

  @Override
  public List<String> ownStateDirectories() {
    return context.ownState();
  }

  @Override
  public String wrapped() {
    return context.session().request().wrapped();
  }

  @Override
  public String user() {
    return context.whereabouts().user();
  }

  @Override
  public Optional<String> text(String path) {
    waits();
    return SmallTextFile.read(Path.of(path));
  }

  @Override
  public boolean createdBySession(FileIdentity identity) {
    waits();
    return context.place().made(identity);
  }

  @Override
  public boolean unchangedInGit(String path) {
    waits();
    return context.place().inGit(path);
  }

  @Override
  public boolean regenerable(String path) {
    waits();
    return context.place().regenerable(path);
  }

  @Override
  public boolean inSession(int pid) {
    return context.session().contains(pid);
  }

  @Override
  public Optional<String> script() {
    return process.script();
  }

  @Override
  public Optional<Listener> listener(SocketAccess access) {
    waits();
    return Listeners.of(context.session(), process.key().pid(), access);
  }

  @Override
  public boolean inOwnMountNamespace() {
    return context.session().hasOwnMounts(process.key().pid());
  }

  @Override
  public boolean onPrivateFileSystem(String path) {
    return !outside.contains(path) && context.session().isPrivate(process.key().pid(), path);
  }

  @Override
  public boolean askedByWrappedProgram() {
    return process.wrapped();
  }

  /* Only where nothing makes the policy ask again from the start, which would count twice. */
  @Override
  public int count(OperationCount counted) {
    waits();
    return context.counts().count(counted);
  }

  @Override
  public boolean isWrappedCommand(List<String> words) {
    List<String> command = context.session().request().argv();
    int from = words.size() - (command.size() - 1);
    return command.size() > 1
        && from > 0
        && words.subList(from, words.size()).equals(command.subList(1, command.size()))
        && (process.wrapped() || isCopyOfWrapped());
  }

  /* A child of the wrapped program that has executed nothing else yet. */
  private boolean isCopyOfWrapped() {
    return process
        .parent()
        .flatMap(context.session()::process)
        .filter(ProcessView::wrapped)
        .filter(parent -> parent.program().equals(process.program()))
        .filter(parent -> parent.script().equals(process.script()))
        .isPresent();
  }

  @Override
  public boolean isKnownSetting(String variable) {
    List<ProcessKey> lineage = context.session().lineage(process.key());
    if (!context.settings().isAtHand(lineage)) {
      waits();
    }
    return context.settings().holds(lineage, variable);
  }
}
