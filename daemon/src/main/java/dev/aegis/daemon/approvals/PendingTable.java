package dev.aegis.daemon.approvals;

import java.time.Duration;
import java.util.Collection;
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
  private final Map<String, CompletableFuture<PendingApproval>> opening = new LinkedHashMap<>();

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

  synchronized void add(PendingApproval entry) {
    pending.put(entry.id(), entry);
  }

  synchronized void remove(long id) {
    pending.remove(id);
  }

  /** Return the entry of the same question, if it is on the disk. */
  synchronized Optional<PendingApproval> same(Question question) {
    return pending.values().stream()
        .filter(one -> one.isQuestion(question.session(), question.terms()))
        .findFirst();
  }

  /** Return what the same question becomes once it is on the disk, if it is on its way. */
  synchronized Optional<CompletableFuture<PendingApproval>> sameOnItsWay(Question question) {
    return Optional.ofNullable(opening.get(key(question)));
  }

  synchronized void isOnItsWay(Question question, CompletableFuture<PendingApproval> opened) {
    opening.put(key(question), opened);
  }

  synchronized void hasArrived(Question question) {
    opening.remove(key(question));
  }

  /** Return how many other questions an answer for the session to this one would answer. */
  synchronized int alike(PendingApproval entry) {
    return (int)
        pending.values().stream()
            .filter(one -> one != entry && one.row().session().equals(entry.row().session()))
            .filter(one -> entry.terms().areShapeOf(one.terms()))
            .count();
  }

  /** Return how many questions of a session are open or on their way. */
  synchronized long openOf(String session) {
    return opening.keySet().stream().filter(key -> key.startsWith(session + ' ')).count()
        + pending.values().stream().filter(one -> one.row().session().equals(session)).count();
  }

  /** Return until when somebody who is away now is waited for, monotonic nanoseconds. */
  long patienceFromNow() {
    return time.monotonicNanos() + PATIENCE.toNanos();
  }

  private static String key(Question question) {
    return question.session() + ' ' + question.terms().exact();
  }
}
