package dev.aegis.daemon.intercept;

import dev.aegis.daemon.approvals.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The sessions of this daemon, from {@code aegis wrap} to its end. Thread-safe. */
public interface Sessions {

  /** Prepare a session: its directory, socket and page. No process belongs to it yet. */
  OpenedSession open(SessionRequest request) throws SessionRefusedException;

  /**
   * Name the process from which everything supervised descends.
   *
   * @param starter pid of the session starter, which must be a child of the caller
   * @param caller pid of the launcher, as the kernel says
   */
  void start(String session, int starter, int caller) throws SessionRefusedException;

  /** End a session: its pending approvals are cancelled, its grants end, its socket goes away. */
  CompletableFuture<SessionSummary> close(String session) throws SessionRefusedException;

  /** Hear what happens in one session from now on; the listener must not block. */
  Subscription watch(String session, Consumer<SessionEvent> listener)
      throws SessionRefusedException;

  /** Return the sessions that are open, oldest first. */
  List<SessionStatus> list();

  /** Tell whether a process is, or descends from, a supervised one, as the kernel says now. */
  boolean isSupervised(int pid);
}
