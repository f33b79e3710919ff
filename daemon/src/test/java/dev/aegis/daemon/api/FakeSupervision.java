package dev.aegis.daemon.api;

import dev.aegis.daemon.approvals.AnswerOutcome;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.ApprovalDetail;
import dev.aegis.daemon.approvals.ApprovalEvent;
import dev.aegis.daemon.approvals.BlastRadius;
import dev.aegis.daemon.approvals.GrantDesk;
import dev.aegis.daemon.approvals.GrantEntry;
import dev.aegis.daemon.approvals.PauseDesk;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.approvals.Subscription;
import dev.aegis.daemon.intercept.OpenedSession;
import dev.aegis.daemon.intercept.SessionEvent;
import dev.aegis.daemon.intercept.SessionRefusedException;
import dev.aegis.daemon.intercept.SessionRequest;
import dev.aegis.daemon.intercept.SessionStatus;
import dev.aegis.daemon.intercept.SessionSummary;
import dev.aegis.daemon.intercept.Sessions;
import dev.aegis.daemon.store.ApprovalState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Sessions and a desk that remember what they were asked, with one pending approval. */
final class FakeSupervision implements Sessions, ApprovalDesk, GrantDesk, PauseDesk {

  static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  final Set<Integer> supervised = ConcurrentHashMap.newKeySet();
  final List<SessionRequest> opened = new CopyOnWriteArrayList<>();
  final List<Answered> answers = new CopyOnWriteArrayList<>();
  final List<Integer> callers = new CopyOnWriteArrayList<>();
  final List<Consumer<SessionEvent>> listeners = new CopyOnWriteArrayList<>();
  private volatile Approval approval = pending();
  private volatile Optional<Paused> paused = Optional.empty();

  private static Approval pending() {
    return new Approval(
        7,
        ApprovalState.PENDING,
        "s1",
        "claude",
        "execute",
        "rm -rf build",
        "/usr/bin/rm",
        "/w",
        List.of("file.delete.recursive"),
        "ask-deletes",
        60,
        "high",
        new BlastRadius(3, 12_345, 1, 0, false),
        "libc",
        "shape",
        NOON,
        NOON.plusSeconds(300),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Approval denied(Approval was, Answered answer) {
    return new Approval(
        was.id(),
        ApprovalState.DENIED,
        was.session(),
        was.wrapped(),
        was.tool(),
        was.command(),
        was.path(),
        was.cwd(),
        was.categories(),
        was.rule(),
        was.risk(),
        was.tier(),
        was.blastRadius(),
        was.coverage(),
        was.shape(),
        was.requestedAt(),
        was.expiresAt(),
        Optional.of(NOON.plusSeconds(9)),
        Optional.of(answer.by().name()),
        Optional.of(answer.channel()),
        Optional.of(answer.scope()),
        Optional.empty(),
        answer.reason(),
        Optional.empty());
  }

  void tell(SessionEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  @Override
  public List<Approval> list(boolean all) {
    return all || approval.state() == ApprovalState.PENDING ? List.of(approval) : List.of();
  }

  @Override
  public Optional<ApprovalDetail> show(long id) {
    return id == approval.id()
        ? Optional.of(
            new ApprovalDetail(
                approval,
                "deletes recursively",
                List.of(),
                List.of("recursive"),
                List.of(),
                List.of(new ApprovalDetail.Ancestor(42, "/usr/bin/bash", "bash")),
                List.of(),
                1,
                0))
        : Optional.empty();
  }

  @Override
  public CompletableFuture<AnswerOutcome> decide(Answered answer) {
    answers.add(answer);
    if (answer.id() != approval.id()) {
      return CompletableFuture.completedFuture(new AnswerOutcome.Unknown(answer.id()));
    }
    if (approval.state() != ApprovalState.PENDING) {
      return CompletableFuture.completedFuture(new AnswerOutcome.TooLate(approval));
    }
    approval = denied(approval, answer);
    return CompletableFuture.completedFuture(new AnswerOutcome.Accepted(approval));
  }

  @Override
  public CompletableFuture<AnswerOutcome> announceDenial(Answered denial) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Approval> history(int limit) {
    return List.of();
  }

  @Override
  public Subscription subscribe(Consumer<ApprovalEvent> listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OpenedSession open(SessionRequest request) throws SessionRefusedException {
    if (request.wrapped().equals("refused")) {
      throw new SessionRefusedException("the gate is not there");
    }
    opened.add(request);
    return new OpenedSession(
        "s1", Path.of("/run/s1"), Map.of("AEGIS_SESSION", "/run/s1"), List.of(), List.of("hello"));
  }

  @Override
  public void start(String session, int starter, int caller) {
    callers.add(caller);
  }

  @Override
  public CompletableFuture<SessionSummary> close(String session) {
    opened.clear();
    return CompletableFuture.completedFuture(
        new SessionSummary(session, 5, 3, 2, 1, List.of("rm x")));
  }

  @Override
  public Subscription watch(String session, Consumer<SessionEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public List<SessionStatus> list() {
    List<SessionStatus> list = new ArrayList<>();
    for (SessionRequest request : opened) {
      list.add(
          new SessionStatus(
              "s1",
              request.wrapped(),
              request.argv(),
              request.cwd(),
              List.of(),
              NOON,
              request.dryRun(),
              request.supervision(),
              request.floor(),
              new SessionSummary("s1", 5, 3, 2, 1, List.of()),
              List.of()));
    }
    return list;
  }

  @Override
  public boolean isSupervised(int pid) {
    return supervised.contains(pid);
  }

  @Override
  public List<GrantEntry> grants() {
    return List.of(
        new GrantEntry(
            3,
            7,
            Optional.of("s1"),
            "claude",
            Scope.SESSION,
            "rm -rf build",
            "/w",
            "ann",
            NOON,
            Optional.empty()));
  }

  @Override
  public CompletableFuture<Boolean> revoke(long id, String by) {
    return CompletableFuture.completedFuture(id == 3);
  }

  @Override
  public Optional<Paused> paused() {
    return paused;
  }

  @Override
  public CompletableFuture<Outcome> order(boolean hold, Answerer by, String channel) {
    Outcome outcome = paused.isPresent() == hold ? Outcome.ALREADY : Outcome.DONE;
    paused = hold ? Optional.of(new Paused(by.name(), NOON)) : Optional.empty();
    return CompletableFuture.completedFuture(outcome);
  }
}
