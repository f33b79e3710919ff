package dev.aegis.daemon.core;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.AegisHome;
import dev.aegis.config.RunDirectory;
import dev.aegis.daemon.approvals.AnswerOutcome;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.ApprovalDetail;
import dev.aegis.daemon.approvals.ApprovalEvent;
import dev.aegis.daemon.approvals.Subscription;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.intercept.OpenedSession;
import dev.aegis.daemon.intercept.SessionEvent;
import dev.aegis.daemon.intercept.SessionRefusedException;
import dev.aegis.daemon.intercept.SessionRequest;
import dev.aegis.daemon.intercept.SessionStatus;
import dev.aegis.daemon.intercept.SessionSummary;
import dev.aegis.daemon.intercept.Sessions;
import dev.aegis.daemon.policy.CurrentPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The part of the daemon that supervises.
 *
 * @param sessions the open sessions
 * @param desk the open questions
 * @param end stops asking and answering; processes then wait for the next daemon
 */
record Supervision(Sessions sessions, ApprovalDesk desk, AutoCloseable end) {

  static Supervision start(
      AegisHome home,
      RunDirectory run,
      AegisConfig config,
      Stores stores,
      CurrentPolicy policy,
      EventBus bus) {
    return new Supervision(new NotYet(), new NotYet(), () -> {});
  }

  /* Until the intake lands: refuses every session. */
  private static final class NotYet implements Sessions, ApprovalDesk {
    @Override
    public OpenedSession open(SessionRequest request) throws SessionRefusedException {
      throw new SessionRefusedException("this build cannot supervise yet");
    }

    @Override
    public void start(String session, int starter, int caller) throws SessionRefusedException {
      throw new SessionRefusedException("this build cannot supervise yet");
    }

    @Override
    public CompletableFuture<SessionSummary> close(String session) throws SessionRefusedException {
      throw new SessionRefusedException("this build cannot supervise yet");
    }

    @Override
    public Subscription watch(String session, Consumer<SessionEvent> listener)
        throws SessionRefusedException {
      throw new SessionRefusedException("this build cannot supervise yet");
    }

    @Override
    public List<SessionStatus> list() {
      return List.of();
    }

    @Override
    public boolean isSupervised(int pid) {
      return false;
    }

    @Override
    public List<Approval> list(boolean all) {
      return List.of();
    }

    @Override
    public Optional<ApprovalDetail> show(long id) {
      return Optional.empty();
    }

    @Override
    public CompletableFuture<AnswerOutcome> decide(Answered answer) {
      return CompletableFuture.completedFuture(new AnswerOutcome.Unknown(answer.id()));
    }

    @Override
    public List<Approval> history(int limit) {
      return List.of();
    }

    @Override
    public Subscription subscribe(Consumer<ApprovalEvent> listener) {
      return () -> {};
    }
  }
}
