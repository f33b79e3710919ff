package dev.aegis.daemon.approvals;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The questions that nobody has decided, by number, and those on their way to the disk.
 *
 * <p>Guarded by its own monitor, which whoever reads and then changes it holds for the whole step.
 */
final class PendingTable {

  /* How long somebody may be away: reporters reconnect for 10 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Timekeeper time;
  private final Map<Long, PendingApproval> pending = new LinkedHashMap<>();
  private final Map<String, Map<Long, PendingApproval>> bySession = new HashMap<>();
  private final Map<String, Map<String, CompletableFuture<PendingApproval>>> opening =
      new HashMap<>();

  PendingTable(Timekeeper time) {
    this.time = time;
  }

  /** Return an entry, or null when nothing is pending under that number. */
  synchronized PendingApproval get(long id) {
    return pending.get(id);
  }

  /** Return all entries, oldest first; only for who holds the monitor. */
  synchronized Collection<PendingApproval> pending() {
    return pending.values();
  }

  /** Return the entries of one session, oldest first; only for who holds the monitor. */
  synchronized Collection<PendingApproval> of(String session) {
    return bySession.getOrDefault(session, Map.of()).values();
  }

  synchronized void add(PendingApproval entry) {
    pending.put(entry.id(), entry);
    bySession
        .computeIfAbsent(entry.row().session(), session -> new LinkedHashMap<>())
        .put(entry.id(), entry);
  }

  synchronized void remove(long id) {
    PendingApproval entry = pending.remove(id);
    if (entry != null) {
      bySession.computeIfPresent(entry.row().session(), (session, all) -> without(all, id));
    }
  }

  private static <K, V> Map<K, V> without(Map<K, V> all, K key) {
    all.remove(key);
    return all.isEmpty() ? null : all;
  }

  /** Return the entry of the same question, if it is on the disk. */
  synchronized Optional<PendingApproval> same(Question question) {
    return of(question.session()).stream()
        .filter(one -> one.isQuestion(question.terms()))
        .findFirst();
  }

  /** Return what the same question becomes once it is on the disk, if it is on its way. */
  synchronized Optional<CompletableFuture<PendingApproval>> sameOnItsWay(Question question) {
    return Optional.ofNullable(
        opening.getOrDefault(question.session(), Map.of()).get(question.terms().exact()));
  }

  synchronized void isOnItsWay(Question question, CompletableFuture<PendingApproval> opened) {
    opening
        .computeIfAbsent(question.session(), session -> new HashMap<>())
        .put(question.terms().exact(), opened);
  }

  synchronized void hasArrived(Question question) {
    opening.computeIfPresent(
        question.session(), (session, all) -> without(all, question.terms().exact()));
  }

  /** Return how many other questions an answer for the session to this one would answer. */
  synchronized int alike(PendingApproval entry) {
    return (int)
        of(entry.row().session()).stream()
            .filter(one -> one != entry && entry.terms().areShapeOf(one.terms()))
            .count();
  }

  /** Return how many questions of a session are open or on their way. */
  synchronized int openOf(String session) {
    return of(session).size() + opening.getOrDefault(session, Map.of()).size();
  }

  /** Return until when somebody who is away now is waited for, monotonic nanoseconds. */
  long patienceFromNow() {
    return time.monotonicNanos() + PATIENCE.toNanos();
  }
}
