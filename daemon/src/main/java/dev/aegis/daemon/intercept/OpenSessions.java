package dev.aegis.daemon.intercept;

import dev.aegis.daemon.approvals.Subscription;
import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.daemon.store.SessionRow;
import dev.aegis.daemon.store.StoreException;
import dev.aegis.daemon.workspace.LocatedWorkspaces;
import dev.aegis.daemon.workspace.WorkspaceLocator;
import dev.aegis.operation.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of one daemon, with their directories, sockets and pages. */
public final class OpenSessions implements Sessions, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);
  private static final Duration LAUNCHER_PATIENCE = Duration.ofSeconds(60);

  private final Path run;
  private final Path aegisHome;
  private final WorkspaceLocator locator;
  private final SessionRecords records;
  private final SessionHooks hooks;
  private final ReporterServer server;
  private final Predicate<Session> narrowsBaseline;
  private final SnapshotSource snapshots;
  private final Executor background;
  private final SessionIds ids = new SessionIds();
  private final Map<String, ServedSession> opened = new ConcurrentSkipListMap<>();
  private final Set<Session> ended = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> goneSince = new ConcurrentHashMap<>();

  private OpenSessions(
      Path run,
      Path aegisHome,
      WorkspaceLocator locator,
      SessionRecords records,
      SessionHooks hooks,
      ReporterServer server,
      Predicate<Session> narrowsBaseline,
      SnapshotSource snapshots,
      Executor background) {
    this.run = run;
    this.aegisHome = aegisHome;
    this.locator = locator;
    this.records = records;
    this.hooks = hooks;
    this.server = server;
    this.narrowsBaseline = narrowsBaseline;
    this.snapshots = snapshots;
    this.background = background;
  }

  /**
   * Start serving reporters.
   *
   * @param run the run directory, real path
   * @param aegisHome AEGIS_HOME, real path
   * @param narrowsBaseline tells whether reporters of a session must ask for everything
   * @param snapshots compiles the policy in force
   * @param background where that is done
   */
  public static OpenSessions start(
      Path run,
      Path aegisHome,
      WorkspaceLocator locator,
      SessionRecords records,
      SessionHooks hooks,
      OperationDesk desk,
      IntakeLimits limits,
      Predicate<Session> narrowsBaseline,
      SnapshotSource snapshots,
      Executor background)
      throws IOException {
    ReporterServer server = new ReporterServer(limits, desk);
    server.start();
    return new OpenSessions(
        run, aegisHome, locator, records, hooks, server, narrowsBaseline, snapshots, background);
  }

  @Override
  public OpenedSession open(SessionRequest request) throws SessionRefusedException {
    try {
      LocatedWorkspaces workspaces = locator.locate(request.cwd(), request.workspaces());
      String id = ids.next();
      Path directory =
          Files.createDirectory(
              run.resolve(id),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Session session =
          new Session(
              id,
              request,
              workspaces.paths(),
              directory,
              Instant.now(),
              keyOf(request.gate()),
              loaderOf(request));
      SessionPage page = SessionPage.create(session, aegisHome, run, narrowsBaseline.test(session));
      records.open(session).join();
      serve(session, page);
      return new OpenedSession(
          id,
          directory,
          Map.of("AEGIS_SESSION", directory.toString(), "LD_PRELOAD", request.library().toString()),
          workspaces.paths(),
          workspaces.notices());
    } catch (IOException | CompletionException e) {
      throw new SessionRefusedException("the session cannot be opened: " + e.getMessage(), e);
    }
  }

  private void serve(Session session, SessionPage page) throws IOException {
    hooks.opened(session);
    ServedSession served =
        new ServedSession(
            session, page, new SessionSnapshots(session, page, snapshots, background));
    opened.put(session.id(), served);
    served.tellMounts();
    served.publish();
    server.listen(session);
  }

  private static Optional<FileKey> loaderOf(SessionRequest request) throws IOException {
    return request.loader().isPresent()
        ? Optional.of(keyOf(request.loader().get()))
        : Optional.empty();
  }

  private static FileKey keyOf(Path file) throws IOException {
    return KernelFiles.identifyTarget(file.toString())
        .filter(FileIdentity::isRegular)
        .map(FileKey::of)
        .orElseThrow(() -> new IOException(file + " is not there"));
  }

  @Override
  public void start(String id, int starter, int caller) throws SessionRefusedException {
    Session session = find(id).session();
    ProcessFacts facts =
        ProcessFacts.of(starter)
            .filter(found -> found.parent() == caller)
            .orElseThrow(
                () ->
                    new SessionRefusedException(
                        "process " + starter + " is not a child of the caller"));
    if (isSupervised(caller)) {
      throw new SessionRefusedException("a supervised process cannot start a session");
    }
    synchronized (session) {
      if (session.tree().isPresent()) {
        throw new SessionRefusedException("session " + id + " has started already");
      }
      try {
        records.start(id, facts.key()).join();
      } catch (CompletionException e) {
        throw new SessionRefusedException(
            "the session cannot be recorded: " + e.getCause().getMessage(), e);
      }
      session.start(facts.key());
      try {
        find(id).tellMounts();
      } catch (IOException e) {
        throw new SessionRefusedException("the session cannot be told where it is", e);
      }
    }
  }

  @Override
  public CompletableFuture<SessionSummary> close(String id) throws SessionRefusedException {
    ServedSession entry = find(id);
    return end(entry, SessionRow.State.CLOSED);
  }

  private CompletableFuture<SessionSummary> end(ServedSession entry, SessionRow.State state) {
    Session session = entry.session();
    // What outlives its session stays what it was: it may not approve.
    ended.add(session);
    opened.remove(session.id());
    server.silence(session);
    return hooks
        .closed(session)
        .thenCompose(
            dryRun -> {
              SessionSummary counts = session.counts(dryRun);
              return records
                  .end(session.id(), state, counts, Instant.now())
                  .thenApply(done -> counts);
            })
        .whenComplete(
            (counts, failure) -> {
              entry.tell(new SessionEvent.Closed());
              entry.remove();
            });
  }

  @Override
  public Subscription watch(String id, Consumer<SessionEvent> listener)
      throws SessionRefusedException {
    return find(id).watch(listener);
  }

  /** Tell those who watch a session. */
  public void tell(String id, SessionEvent event) {
    ServedSession entry = opened.get(id);
    if (entry != null) {
      entry.tell(event);
    }
  }

  private ServedSession find(String id) throws SessionRefusedException {
    ServedSession entry = opened.get(id);
    if (entry == null) {
      throw new SessionRefusedException("there is no open session " + id);
    }
    return entry;
  }

  /** Tell every reporter that the policy is another one. */
  public void policyChanged() {
    opened.values().forEach(entry -> entry.policyChanged(narrowsBaseline.test(entry.session())));
  }

  /**
   * Tell whether records can be kept: while not, reporters allow nothing by a snapshot. Call now
   * and then.
   */
  public void recordsCanBeKept(boolean now) {
    opened.values().forEach(entry -> entry.recordsCanBeKept(now));
  }

  /** Have everything of a session asked from now on. */
  public void withdrawSnapshot(Session session) {
    ServedSession entry = opened.get(session.id());
    if (entry != null) {
      entry.withdrawSnapshot();
    }
  }

  @Override
  public List<SessionStatus> list() {
    return opened.values().stream().map(ServedSession::status).toList();
  }

  /** Return the sessions that are open now. */
  public List<Session> open() {
    return opened.values().stream().map(ServedSession::session).toList();
  }

  @Override
  public boolean isSupervised(int pid) {
    return Stream.concat(opened.values().stream().map(ServedSession::session), ended.stream())
        .anyMatch(session -> session.contains(pid));
  }

  /** Tell whether a session is open. */
  public boolean isOpen(String id) {
    return opened.containsKey(id);
  }

  /** Take up the sessions of an earlier daemon whose starter still runs; the others are lost. */
  public void reload() throws StoreException {
    for (SessionRecords.Kept kept : records.alive()) {
      Optional<ProcessKey> starter = kept.row().starter().filter(ProcessFacts::isAlive);
      try {
        if (starter.isEmpty()) {
          lose(kept);
        } else {
          resume(kept, starter.get());
        }
      } catch (IOException e) {
        LOG.error("session {} cannot be taken up again", kept.row().id(), e);
        lose(kept);
      }
    }
  }

  private void resume(SessionRecords.Kept kept, ProcessKey starter) throws IOException {
    Session session =
        new Session(
            kept.row().id(),
            kept.request(),
            kept.row().workspaces().stream().map(Path::of).toList(),
            Files.createDirectories(run.resolve(kept.row().id())),
            kept.row().openedAt(),
            keyOf(kept.request().gate()),
            loaderOf(kept.request()));
    session.start(starter);
    serve(session, SessionPage.create(session, aegisHome, run, narrowsBaseline.test(session)));
    LOG.info("session {} goes on", session.id());
  }

  private void lose(SessionRecords.Kept kept) {
    String id = kept.row().id();
    LOG.info("session {} ended while the daemon was away", id);
    records
        .end(
            id, SessionRow.State.LOST, new SessionSummary(id, 0, 0, 0, 0, List.of()), Instant.now())
        .join();
  }

  /** Close the sessions whose starter is gone, and forget dead processes. Call now and then. */
  public List<Lost> sweep() {
    List<Lost> lost = new ArrayList<>();
    ended.removeIf(session -> session.tree().map(ProcessTree::isDeserted).orElse(true));
    for (ServedSession entry : opened.values()) {
      Session session = entry.session();
      Optional<ProcessTree> tree = session.tree();
      if (tree.isPresent()) {
        endIfAbandoned(entry, tree.get());
        tree.get().sweep().forEach((key, frames) -> lost.add(new Lost(session, key, frames)));
      }
    }
    return lost;
  }

  /* The launcher closes a session when its starter has ended; one that was killed cannot. */
  private void endIfAbandoned(ServedSession entry, ProcessTree tree) {
    String id = entry.session().id();
    if (ProcessFacts.isAlive(tree.starter())) {
      return;
    }
    Instant gone = goneSince.computeIfAbsent(id, key -> Instant.now());
    if (gone.plus(LAUNCHER_PATIENCE).isAfter(Instant.now())) {
      return;
    }
    goneSince.remove(id);
    LOG.info("session {} is closed: its starter has ended and its launcher is gone", id);
    CompletableFuture<SessionSummary> unused =
        end(entry, SessionRow.State.CLOSED)
            .whenComplete(
                (counts, failure) -> {
                  if (failure != null) {
                    LOG.error("the end of session {} cannot be recorded", id, failure);
                  }
                });
  }

  /** Numbered frames of a process that is gone and that never came. */
  public record Lost(Session session, ProcessKey process, long frames) {}

  /** Stop serving; sockets vanish, sessions stay for the next daemon. */
  @Override
  public void close() throws IOException {
    server.close();
    for (ServedSession entry : opened.values()) {
      entry.leave();
    }
  }
}
