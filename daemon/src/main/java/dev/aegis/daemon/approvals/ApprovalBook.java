package dev.aegis.daemon.approvals;

import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.daemon.store.StoreException;
import dev.aegis.operation.Risk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of every approval. Nobody is asked before the row is on the disk, the first decision
 * wins, and nothing is told to anybody before it is on the disk too. Thread-safe.
 */
public final class ApprovalBook implements ApprovalDesk {

  private static final Logger LOG = LoggerFactory.getLogger(ApprovalBook.class);
  private static final int MOST_PENDING_OF_SESSION = 64;
  private static final int MOST_LISTED = 10_000;

  /* How long somebody may be away: reporters reconnect for 10 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ApprovalRecords records;
  private final GrantBook grants;
  private final Timekeeper time;
  private final Executor workers;
  private final BooleanSupplier approvesOnTimeout;
  private final Map<Long, PendingApproval> pending = new LinkedHashMap<>();
  private final Map<String, CompletableFuture<PendingApproval>> opening = new LinkedHashMap<>();
  private final List<Consumer<ApprovalEvent>> listeners = new CopyOnWriteArrayList<>();

  /**
   * A book without pages; {@link #reload} reads those of an earlier daemon.
   *
   * @param workers where answers are told and files are looked at
   * @param approvesOnTimeout whether silence approves what is below high risk
   */
  public ApprovalBook(
      ApprovalRecords records,
      GrantBook grants,
      Timekeeper time,
      Executor workers,
      BooleanSupplier approvesOnTimeout) {
    this.records = records;
    this.grants = grants;
    this.time = time;
    this.workers = workers;
    this.approvesOnTimeout = approvesOnTimeout;
  }

  /** Too many questions of one session are open. */
  public static final class FloodException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FloodException() {
      super("more than " + MOST_PENDING_OF_SESSION + " questions of this session are open");
    }
  }

  /**
   * Ask people, or join those who wait for the same answer.
   *
   * @param spawned true when a child of the asker will attach and wait
   * @param waiter hears the answer; empty when somebody will attach
   * @return the number of the approval once its row is on the disk
   */
  public CompletableFuture<Long> ask(Question question, boolean spawned, Optional<Waiter> waiter) {
    CompletableFuture<PendingApproval> opened;
    boolean joined;
    synchronized (this) {
      String key = question.session() + ' ' + question.terms().exact();
      Optional<PendingApproval> same =
          pending.values().stream()
              .filter(one -> one.isQuestion(question.session(), question.terms()))
              .findFirst();
      joined = same.isPresent() || opening.containsKey(key);
      if (same.isPresent()) {
        opened = CompletableFuture.completedFuture(same.get());
      } else if (joined) {
        opened = opening.get(key);
      } else if (openOf(question.session()) >= MOST_PENDING_OF_SESSION) {
        return CompletableFuture.failedFuture(new FloodException());
      } else {
        opened = open(question, spawned, key);
      }
    }
    return opened.thenCompose(entry -> join(entry, question, spawned, waiter, joined));
  }

  private long openOf(String session) {
    return opening.keySet().stream().filter(key -> key.startsWith(session + ' ')).count()
        + pending.values().stream().filter(one -> one.row().session().equals(session)).count();
  }

  private CompletableFuture<PendingApproval> open(Question question, boolean spawned, String key) {
    long deadline = time.monotonicNanos() + question.timeout().toNanos();
    CompletableFuture<PendingApproval> opened = new CompletableFuture<>();
    opening.put(key, opened);
    Completion.of(
        records.open(
            ApprovalRows.row(question, time.now()),
            spawned,
            new WaiterRepository.Deadline(time.boot(), deadline)),
        (row, failure) -> {
          PendingApproval entry = null;
          synchronized (this) {
            opening.remove(key);
            if (failure == null) {
              entry = new PendingApproval(row);
              add(entry, deadline);
            }
          }
          if (failure == null) {
            opened.complete(entry);
            Approval approval = ApprovalRows.approval(row);
            workers.execute(() -> publish(new ApprovalEvent.Opened(approval)));
          } else {
            opened.completeExceptionally(failure);
          }
        });
    return opened;
  }

  private void add(PendingApproval entry, long deadline) {
    pending.put(entry.id(), entry);
    Duration left = Duration.ofNanos(Math.max(0, deadline - time.monotonicNanos()));
    entry.wake(time.after(left, () -> expire(entry.id())));
  }

  private CompletableFuture<Long> join(
      PendingApproval entry,
      Question question,
      boolean spawned,
      Optional<Waiter> waiter,
      boolean joined) {
    CompletableFuture<?> durable =
        joined
            ? records.join(entry.id(), question.asker(), spawned)
            : CompletableFuture.completedFuture(true);
    return durable.thenApply(
        ignored -> {
          synchronized (this) {
            if (pending.get(entry.id()) == entry) {
              entry.waiting().add(new Waiting(question.asker(), spawned, waiter, impatience()));
              return entry.id();
            }
          }
          // Decided while this one was still joining: it hears what the others heard.
          waiter.ifPresent(one -> tellStored(entry.id(), one));
          return entry.id();
        });
  }

  private long impatience() {
    return time.monotonicNanos() + PATIENCE.toNanos();
  }

  private void tellStored(long id, Waiter waiter) {
    workers.execute(
        () -> {
          try {
            ApprovalRow row = records.find(id).orElseThrow().row();
            waiter.settled(ApprovalRows.approval(row), ApprovalRows.terms(row));
          } catch (StoreException e) {
            LOG.error("approval {} cannot be read; who waits for it times out", id, e);
          }
        });
  }

  /** What came of taking up a request. */
  public enum Attached {
    /** Still pending; the waiter will hear. */
    WAITING,
    /** Decided already; the waiter has heard. */
    SETTLED,
    /** No such request, or not of this process. */
    UNKNOWN
  }

  /** Take up a held request again. May read the database: not for the selector thread. */
  public Attached attach(
      String session, long id, ProcessKey process, Optional<ProcessKey> parent, Waiter waiter)
      throws StoreException {
    synchronized (this) {
      PendingApproval entry = pending.get(id);
      if (entry != null) {
        Optional<Waiting> place = entry.waitingFor(process, parent);
        if (place.isEmpty() || !entry.row().session().equals(session)) {
          return Attached.UNKNOWN;
        }
        place.get().attach(process, waiter);
        return Attached.WAITING;
      }
    }
    Optional<ApprovalRecords.Stored> stored = records.find(id);
    if (stored.isEmpty()
        || !stored.get().row().session().equals(session)
        || stored.get().row().decision().isEmpty()
        || stored.get().row().releasedAt().isPresent()
        || stored.get().waiters().stream().noneMatch(row -> isWaiter(row, process, parent))) {
      return Attached.UNKNOWN;
    }
    ApprovalRow row = stored.get().row();
    waiter.settled(ApprovalRows.approval(row), ApprovalRows.terms(row));
    return Attached.SETTLED;
  }

  private static boolean isWaiter(
      WaiterRepository.Row row, ProcessKey process, Optional<ProcessKey> parent) {
    return row.spawned()
        ? parent.filter(row.asker()::equals).isPresent()
        : row.asker().equals(process);
  }

  /** A connection of a process is gone: it may come back for a while. */
  public void detached(ProcessKey process) {
    synchronized (this) {
      for (PendingApproval entry : pending.values()) {
        for (Waiting one : entry.waiting()) {
          if (one.process().equals(process)) {
            one.detach(impatience());
          }
        }
      }
    }
    sweep();
  }

  /** Cancel what nobody waits for any more. Call now and then. */
  public void sweep() {
    List<Long> abandoned = new ArrayList<>();
    synchronized (this) {
      long now = time.monotonicNanos();
      for (PendingApproval entry : pending.values()) {
        boolean had = !entry.waiting().isEmpty();
        entry
            .waiting()
            .removeIf(one -> one.isImpatient(now) || !ProcessFacts.isAlive(one.process()));
        if (had && entry.waiting().isEmpty() && entry.deciding().isEmpty()) {
          abandoned.add(entry.id());
        }
      }
    }
    abandoned.forEach(id -> cancelLater(id, "the process that asked is gone"));
  }

  /**
   * Record that an approved operation is being carried out. May read the database.
   *
   * @return false when the process that says so is none of those that waited for it
   */
  public boolean released(String session, long id, ProcessKey process, Optional<ProcessKey> parent)
      throws StoreException {
    Optional<ApprovalRecords.Stored> stored = records.find(id);
    if (stored.isEmpty()
        || !stored.get().row().session().equals(session)
        || stored.get().waiters().stream().noneMatch(row -> isWaiter(row, process, parent))) {
      return false;
    }
    Completion.of(
        records.released(id, time.now()),
        (row, failure) -> {
          if (failure != null) {
            LOG.error("the release of approval {} cannot be recorded", id, failure);
          } else {
            row.map(ApprovalRows::approval)
                .ifPresent(
                    approval ->
                        workers.execute(() -> publish(new ApprovalEvent.Released(approval))));
          }
        });
    return true;
  }

  /** Cancel every pending approval of a session. */
  public CompletableFuture<Void> cancelOf(String session) {
    List<Long> ids;
    synchronized (this) {
      ids =
          pending.values().stream()
              .filter(one -> one.row().session().equals(session))
              .map(PendingApproval::id)
              .toList();
    }
    return CompletableFuture.allOf(
        ids.stream()
            .map(id -> cancel(id, "the session has ended"))
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<AnswerOutcome> cancel(long id, String reason) {
    return settle(id, ApprovalState.CANCELLED, Optional.empty(), "aegis", "", reason);
  }

  private void cancelLater(long id, String reason) {
    Completion.of(
        cancel(id, reason),
        (outcome, failure) -> {
          if (failure != null) {
            LOG.warn("approval {} stays open for now: {}", id, failure.getMessage());
          }
        });
  }

  private void expire(long id) {
    boolean approves = approvesOnTimeout.getAsBoolean() && isBelowHigh(id);
    Completion.of(
        settle(
            id,
            approves ? ApprovalState.APPROVED : ApprovalState.EXPIRED,
            approves ? Optional.of(Scope.ONCE) : Optional.empty(),
            "timeout",
            "",
            "nobody answered in time"),
        (outcome, failure) -> {
          if (failure != null) {
            LOG.error("approval {} cannot be closed and is tried again", id, failure);
            time.after(Duration.ofSeconds(1), () -> expire(id));
          }
        });
  }

  private synchronized boolean isBelowHigh(long id) {
    PendingApproval entry = pending.get(id);
    return entry != null
        && new Risk(entry.row().risk(), List.of()).tier().compareTo(Risk.Tier.HIGH) < 0;
  }

  @Override
  public CompletableFuture<AnswerOutcome> decide(Answered answer) {
    if (!answer.approve()) {
      return settle(
          answer.id(),
          ApprovalState.DENIED,
          Optional.empty(),
          answer.by(),
          answer.channel(),
          answer.reason().orElse(""));
    }
    return settle(
        answer.id(),
        ApprovalState.APPROVED,
        Optional.of(answer.scope()),
        answer.by(),
        answer.channel(),
        answer.reason().orElse(""));
  }

  private CompletableFuture<AnswerOutcome> settle(
      long id,
      ApprovalState state,
      Optional<Scope> scope,
      String by,
      String channel,
      String reason) {
    CompletableFuture<AnswerOutcome> outcome = new CompletableFuture<>();
    PendingApproval entry;
    synchronized (this) {
      entry = pending.get(id);
      if (entry == null) {
        return CompletableFuture.supplyAsync(() -> late(id), workers);
      }
      if (entry.deciding().isPresent()) {
        return entry.deciding().get().thenApply(first -> asLate(first));
      }
      entry.decide(Optional.of(outcome));
    }
    Completion.of(
        CompletableFuture.supplyAsync(
                () -> state != ApprovalState.APPROVED || entry.terms().stillHold(), workers)
            .thenCompose(holds -> write(entry, state, scope, by, channel, reason, holds)),
        (result, failure) -> {
          if (failure != null) {
            synchronized (this) {
              entry.decide(Optional.empty());
            }
            outcome.completeExceptionally(failure);
          } else {
            outcome.complete(result);
          }
        });
    return outcome;
  }

  private CompletableFuture<AnswerOutcome> write(
      PendingApproval entry,
      ApprovalState state,
      Optional<Scope> scope,
      String by,
      String channel,
      String reason,
      boolean holds) {
    ApprovalRow.Decided decided =
        holds
            ? new ApprovalRow.Decided(
                state, time.now(), by, channel, scope.map(Scope::label).orElse(""), reason)
            : new ApprovalRow.Decided(
                ApprovalState.CANCELLED,
                time.now(),
                by,
                channel,
                "",
                "what was asked for has changed since: run it again to be asked again");
    return records
        .decide(entry.id(), decided)
        .thenCompose(decision -> grantForSession(entry, decision))
        .thenApplyAsync(decision -> finish(entry, decision, holds), workers);
  }

  /* A grant for the session is on the disk before anybody hears of the approval. */
  private CompletableFuture<ApprovalRecords.Decision> grantForSession(
      PendingApproval entry, ApprovalRecords.Decision decision) {
    Approval approval = ApprovalRows.approval(decision.row());
    boolean lasting =
        approval.scope().filter(Scope.SESSION::equals).isPresent()
            || (approval.state() == ApprovalState.APPROVED && entry.terms().lasting());
    if (!decision.first() || !lasting) {
      return CompletableFuture.completedFuture(decision);
    }
    return grants
        .give(
            new Grant(
                entry.id(), approval.session(), Scope.SESSION, Optional.empty(), entry.terms()))
        .thenApply(grant -> decision);
  }

  private AnswerOutcome finish(
      PendingApproval entry, ApprovalRecords.Decision decision, boolean holds) {
    Approval approval = ApprovalRows.approval(decision.row());
    List<Waiting> waiting;
    synchronized (this) {
      pending.remove(entry.id());
      entry.wake(() -> {});
      waiting = List.copyOf(entry.waiting());
    }
    if (!decision.first()) {
      return new AnswerOutcome.TooLate(approval);
    }
    for (Waiting one : waiting) {
      one.waiter().ifPresent(waiter -> waiter.settled(approval, entry.terms()));
    }
    publish(new ApprovalEvent.Decided(approval));
    if (approval.scope().filter(Scope.SESSION::equals).isPresent()) {
      settleAlike(approval, entry.terms());
    }
    return holds ? new AnswerOutcome.Accepted(approval) : new AnswerOutcome.Voided(approval);
  }

  /* Questions of the same shape are answered with it. */
  private void settleAlike(Approval approval, Terms terms) {
    Predicate<PendingApproval> alike =
        one ->
            one.row().session().equals(approval.session())
                && one.terms().shape().equals(terms.shape());
    List<Long> ids;
    synchronized (this) {
      ids = pending.values().stream().filter(alike).map(PendingApproval::id).toList();
    }
    for (long id : ids) {
      Completion.of(
          settle(
              id,
              ApprovalState.APPROVED,
              Optional.of(Scope.ONCE),
              approval.decidedBy().orElse(""),
              approval.channel().orElse(""),
              "same shape as approval " + approval.id()),
          (outcome, failure) -> {
            if (failure != null) {
              LOG.warn("approval {} stays open", id, failure);
            }
          });
    }
  }

  private AnswerOutcome late(long id) {
    try {
      return records
          .find(id)
          .<AnswerOutcome>map(
              stored -> new AnswerOutcome.TooLate(ApprovalRows.approval(stored.row())))
          .orElse(new AnswerOutcome.Unknown(id));
    } catch (StoreException e) {
      throw new CompletionException(e);
    }
  }

  private static AnswerOutcome asLate(AnswerOutcome first) {
    if (first instanceof AnswerOutcome.Accepted accepted) {
      return new AnswerOutcome.TooLate(accepted.approval());
    }
    if (first instanceof AnswerOutcome.Voided voided) {
      return new AnswerOutcome.TooLate(voided.approval());
    }
    return first;
  }

  /**
   * Take up what an earlier daemon left pending.
   *
   * @param isOpen tells whether a session is still open; the approvals of others are cancelled
   */
  public void reload(Predicate<String> isOpen) throws StoreException {
    List<Long> orphaned = new ArrayList<>();
    synchronized (this) {
      for (ApprovalRecords.Stored stored : records.pending()) {
        PendingApproval entry = new PendingApproval(stored.row());
        boolean sameBoot = stored.deadline().boot().equals(time.boot());
        add(entry, sameBoot ? stored.deadline().nanos() : time.monotonicNanos());
        for (WaiterRepository.Row row : stored.waiters()) {
          entry
              .waiting()
              .add(new Waiting(row.asker(), row.spawned(), Optional.empty(), impatience()));
        }
        if (!sameBoot || !isOpen.test(stored.row().session())) {
          orphaned.add(entry.id());
        }
      }
    }
    orphaned.forEach(id -> cancelLater(id, "its session ended while the daemon was away"));
  }

  @Override
  public List<Approval> list(boolean all) {
    if (all) {
      return rows(() -> records.all(MOST_LISTED));
    }
    synchronized (this) {
      return pending.values().stream()
          .map(entry -> ApprovalRows.approval(entry.row()))
          .sorted(Comparator.comparingLong(Approval::id))
          .toList();
    }
  }

  @Override
  public List<Approval> history(int limit) {
    return rows(() -> records.history(limit));
  }

  private interface Rows {
    List<ApprovalRow> read() throws StoreException;
  }

  private static List<Approval> rows(Rows rows) {
    try {
      return rows.read().stream().map(ApprovalRows::approval).toList();
    } catch (StoreException e) {
      throw new UnreadableException(e);
    }
  }

  /** The database cannot be read; the message says why and what to do. */
  public static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableException(StoreException cause) {
      super(cause.getMessage(), cause);
    }
  }

  @Override
  public Optional<ApprovalDetail> show(long id) {
    int waiting;
    synchronized (this) {
      PendingApproval entry = pending.get(id);
      waiting = entry == null ? 0 : entry.waiting().size();
    }
    try {
      return records.find(id).map(stored -> ApprovalRows.detail(stored.row(), waiting));
    } catch (StoreException e) {
      throw new UnreadableException(e);
    }
  }

  @Override
  public Subscription subscribe(Consumer<ApprovalEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void publish(ApprovalEvent event) {
    for (Consumer<ApprovalEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.error("a listener of approvals failed", e);
      }
    }
  }
}
