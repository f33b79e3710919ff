package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.intercept.ProcessView;
import dev.aegis.daemon.intercept.Session;
import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.daemon.workspace.SessionPlace;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.PolicyEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** What the stages keep of one session. */
final class SessionContext {

  private static final int MOST_COLLECTED = 1_000;

  private final Session session;
  private final SessionPlace place;
  private final Whereabouts whereabouts;
  private final Supplier<PolicyEngine> policy;
  private final Executor executor;
  private final List<String> workspaces;
  private final List<String> scratch;
  private final List<String> ownState;
  private final KnownSettings settings;
  private final OperationCounts counts = new OperationCounts(System::nanoTime);
  private final ReadBefore readBefore = new ReadBefore();
  private final List<String> dryRun = new ArrayList<>();

  SessionContext(
      Session session,
      SessionPlace place,
      Whereabouts whereabouts,
      Supplier<PolicyEngine> policy,
      Executor executor) {
    this.session = session;
    this.place = place;
    this.whereabouts = whereabouts;
    this.policy = policy;
    this.executor = executor;
    this.workspaces = texts(session.workspaces());
    this.settings =
        new KnownSettings(
            process ->
                session
                    .process(process)
                    .filter(ProcessView::wrapped)
                    .map(wrapped -> ProcessFacts.environment(wrapped.key().pid()))
                    .orElse(List.of()));
    this.scratch = texts(whereabouts.scratch());
    this.ownState = texts(whereabouts.ownState(session.request().wrapped()));
  }

  private static List<String> texts(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }

  Session session() {
    return session;
  }

  SessionPlace place() {
    return place;
  }

  Whereabouts whereabouts() {
    return whereabouts;
  }

  /** The policy in force now. */
  PolicyEngine policy() {
    return policy.get();
  }

  /** Where work of this session waits for the file system, in order. */
  Executor executor() {
    return executor;
  }

  List<String> workspaces() {
    return workspaces;
  }

  List<String> scratch() {
    return scratch;
  }

  List<String> ownState() {
    return ownState;
  }

  /** Remember that the session may make what was not there at a moment. Touches no file. */
  void mayCreate(FileAccess access, Instant since) {
    if (access.kind() == OperationKind.WRITE_FILE
        && access.identity().isEmpty()
        && place.mayCreate(access.path(), since)) {
      executor.execute(place::catchUp);
    }
  }

  /** Which environment variables may be passed on. */
  KnownSettings settings() {
    return settings;
  }

  /** How often rules with a rate were reached. */
  OperationCounts counts() {
    return counts;
  }

  ReadBefore readBefore() {
    return readBefore;
  }

  /** Remember what a dry run would have asked. */
  void collect(String line) {
    synchronized (dryRun) {
      if (dryRun.size() < MOST_COLLECTED) {
        dryRun.add(line);
      }
    }
  }

  List<String> collected() {
    synchronized (dryRun) {
      return List.copyOf(dryRun);
    }
  }
}
