package dev.aegis.daemon.intercept;

import dev.aegis.daemon.approvals.Subscription;
import dev.aegis.daemon.store.ProcessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open session with what it is served by: its page, its snapshots, and those who watch it. */
final class ServedSession {

  private static final Logger LOG = LoggerFactory.getLogger(ServedSession.class);

  private final Session session;
  private final SessionPage page;
  private final SessionSnapshots snapshots;
  private final List<Consumer<SessionEvent>> listeners = new CopyOnWriteArrayList<>();

  ServedSession(Session session, SessionPage page, SessionSnapshots snapshots) {
    this.session = session;
    this.page = page;
    this.snapshots = snapshots;
  }

  Session session() {
    return session;
  }

  /** Tell reporters where the session is: in other mounts names mean other files. */
  void tellMounts() throws IOException {
    page.mounts(session.mounts());
  }

  /** Have the policy compiled for the first time. */
  void publish() {
    snapshots.renew();
  }

  /** Tell every reporter that the policy is another one. */
  void policyChanged(boolean narrowsBaseline) {
    try {
      page.change(narrowsBaseline);
      snapshots.renew();
    } catch (IOException e) {
      LOG.error("session {} cannot be told of the new policy", session.id(), e);
    }
  }

  /** Tell whether records can be kept: while not, reporters allow nothing by a snapshot. */
  void recordsCanBeKept(boolean now) {
    try {
      snapshots.healthy(now);
    } catch (IOException e) {
      LOG.error("the snapshot of session {} stays what it is", session.id(), e);
    }
  }

  /** Have everything asked from now on. */
  void withdrawSnapshot() {
    try {
      snapshots.giveUp();
    } catch (IOException e) {
      LOG.error("the snapshot of session {} stays in force", session.id(), e);
    }
  }

  Subscription watch(Consumer<SessionEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void tell(SessionEvent event) {
    for (Consumer<SessionEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.error("a watcher of session {} failed", session.id(), e);
      }
    }
  }

  SessionStatus status() {
    SessionRequest request = session.request();
    return new SessionStatus(
        session.id(),
        request.wrapped(),
        request.argv(),
        request.cwd(),
        session.workspaces(),
        session.openedAt(),
        request.dryRun(),
        request.supervision(),
        request.floor(),
        session.counts(List.of()),
        session.tree().map(ProcessTree::alive).orElse(List.of()).stream()
            .map(
                process ->
                    new SessionStatus.SupervisedProcess(
                        process.key().pid(),
                        process.parent().map(ProcessKey::pid).orElse(0),
                        process.program(),
                        process.coverage(),
                        process.coverageReason(),
                        process.escaped()))
            .toList());
  }

  /** Remove what stood in the file system for it. */
  void remove() {
    try {
      snapshots.end();
      page.close();
      Path directory = session.directory();
      Files.deleteIfExists(directory.resolve("page"));
      Files.deleteIfExists(session.socket());
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      LOG.warn("the directory of session {} stays", session.id(), e);
    }
  }

  /** Leave it to the next daemon as it is. */
  void leave() throws IOException {
    snapshots.leave();
    page.close();
  }
}
