package dev.aegis.daemon.intercept;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who must know of the beginning and the end of sessions. */
public interface SessionHooks {

  /** A session is about to serve its socket; again after a restart of the daemon. */
  void opened(Session session);

  /**
   * A session has ended.
   *
   * @return completed, once everything about it is recorded, with what a dry run collected
   */
  CompletableFuture<List<String>> closed(Session session);
}
