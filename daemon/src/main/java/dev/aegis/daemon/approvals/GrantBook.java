package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.daemon.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The grants in force. Thread-safe; a look is made in memory. */
public final class GrantBook {

  private final ApprovalRecords records;
  private final Timekeeper time;
  private final Map<String, List<Grant>> bySession = new ConcurrentHashMap<>();

  /** An empty book. */
  public GrantBook(ApprovalRecords records, Timekeeper time) {
    this.records = records;
    this.time = time;
  }

  /** Take up the grants of a session that outlived the daemon. */
  public void reload(String session) throws StoreException {
    of(session).addAll(records.grantsOf(session, time.now()));
  }

  /** Find a grant that covers what is asked. */
  public Optional<Grant> covering(String session, Terms asked, Collection<ProcessKey> lineage) {
    return of(session).stream().filter(grant -> grant.covers(asked, lineage)).findFirst();
  }

  /** Give a grant; it holds once it is synced to the disk. */
  public CompletableFuture<Grant> give(Grant grant) {
    if (of(grant.session()).contains(grant)) {
      return CompletableFuture.completedFuture(grant);
    }
    return records
        .grant(grant, time.now())
        .thenApply(
            id -> {
              of(grant.session()).add(grant);
              return grant;
            });
  }

  /** End all grants of a session. */
  public CompletableFuture<Integer> end(String session) {
    bySession.remove(session);
    return records.endGrantsOf(session, time.now());
  }

  private List<Grant> of(String session) {
    return bySession.computeIfAbsent(session, id -> new CopyOnWriteArrayList<>());
  }
}
