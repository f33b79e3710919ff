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
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The grants in force. Thread-safe; a look is made in memory. */
public final class GrantBook implements GrantDesk {

  private static final Logger LOG = LoggerFactory.getLogger(GrantBook.class);
  /* Where those that hold always stand. */
  private static final String EVERY_SESSION = "";

  private final ApprovalRecords records;
  private final Timekeeper time;
  private final Map<String, List<Grant>> bySession = new ConcurrentHashMap<>();

  /** An empty book. */
  public GrantBook(ApprovalRecords records, Timekeeper time) {
    this.records = records;
    this.time = time;
  }

  /** Take up the grants that hold always. */
  public void reload() throws StoreException {
    reload(EVERY_SESSION);
  }

  /** Take up the grants of a session that outlived the daemon. */
  public void reload(String session) throws StoreException {
    of(session).addAll(records.grants().of(session, records.inherited()));
  }

  /** Find a grant that covers what is asked. */
  public Optional<Grant> covering(
      String session, String wrapped, Terms asked, Collection<ProcessKey> lineage) {
    Optional<Grant> own = find(session, grant -> grant.covers(asked, lineage));
    return own.isPresent() ? own : find(EVERY_SESSION, always(wrapped, asked));
  }

  private static Predicate<Grant> always(String wrapped, Terms asked) {
    return grant -> grant.wrapped().equals(wrapped) && grant.covers(asked, List.of());
  }

  private Optional<Grant> find(String session, Predicate<Grant> which) {
    return of(session).stream().filter(this::isInForce).filter(which).findFirst();
  }

  private boolean isInForce(Grant grant) {
    return grant
        .end()
        .map(end -> end.boot().equals(time.boot()) && time.monotonicNanos() < end.nanos())
        .orElse(true);
  }

  /** Give a grant; it holds once it is synced to the disk. */
  public CompletableFuture<Grant> give(Grant grant) {
    Optional<Grant> same =
        of(grant.session()).stream().filter(one -> grant.equals(one.stored(0))).findFirst();
    if (same.isPresent()) {
      return CompletableFuture.completedFuture(same.get());
    }
    return records
        .grants()
        .add(grant, time.now())
        .thenApply(
            id -> {
              Grant stored = grant.stored(id);
              of(grant.session()).add(stored);
              return stored;
            });
  }

  /**
   * The policy forbids what was asked: grants that would cover it have outlived their reason.
   *
   * @param asked gives what is asked, when that matters
   */
  public void forbidden(String session, String wrapped, Supplier<Terms> asked) {
    if (lasting(session).isEmpty() && lasting(EVERY_SESSION).isEmpty()) {
      return;
    }
    Terms terms = asked.get();
    for (String place : List.of(session, EVERY_SESSION)) {
      lasting(place).stream()
          .filter(grant -> grant.wrapped().equals(wrapped) && grant.covers(terms, List.of()))
          .forEach(grant -> end(grant, "the policy"));
    }
  }

  private List<Grant> lasting(String session) {
    return of(session).stream().filter(grant -> grant.root().isEmpty()).toList();
  }

  private void end(Grant grant, String by) {
    of(grant.session()).remove(grant);
    Completion.of(
        records.grants().revoke(grant.id(), by, time.now()),
        (ended, failure) -> {
          if (failure != null) {
            LOG.error("the end of grant {} cannot be recorded", grant.id(), failure);
          }
        });
  }

  @Override
  public List<GrantEntry> grants() {
    List<Long> inForce =
        bySession.values().stream()
            .flatMap(List::stream)
            .filter(this::isInForce)
            .map(Grant::id)
            .toList();
    try {
      return records.grants().lasting().stream()
          .filter(entry -> inForce.contains(entry.id()))
          .toList();
    } catch (StoreException e) {
      throw new UnreadableException(e);
    }
  }

  /* First in memory: nothing is covered any more even if that cannot be recorded. */
  @Override
  public CompletableFuture<Boolean> revoke(long id, String by) {
    boolean held = bySession.values().stream().anyMatch(all -> all.removeIf(g -> g.id() == id));
    return records.grants().revoke(id, by, time.now()).thenApply(ended -> ended || held);
  }

  /** End all grants of a session. */
  public CompletableFuture<Integer> end(String session) {
    bySession.remove(session);
    return records.grants().endOf(session, time.now());
  }

  private List<Grant> of(String session) {
    return bySession.computeIfAbsent(session, id -> new CopyOnWriteArrayList<>());
  }
}
