package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.ApprovalBook;
import dev.aegis.daemon.approvals.GrantBook;
import dev.aegis.daemon.approvals.Pause;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.intercept.OperationDesk;
import dev.aegis.daemon.intercept.ProcessView;
import dev.aegis.daemon.intercept.Reply;
import dev.aegis.daemon.intercept.Session;
import dev.aegis.daemon.intercept.SessionHooks;
import dev.aegis.daemon.policy.SessionPolicies;
import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.StoreException;
import dev.aegis.daemon.workspace.SessionPlace;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.policy.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door between the intake and the stages. */
final class Reception implements OperationDesk, SessionHooks {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final String CLOSED = "the session has ended";

  /* How long before it is heard a report may have been sent: what it says was made was made since. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(2);

  private final EventBus bus;
  private final ApprovalBook approvals;
  private final GrantBook grants;
  private final GateDesk gates;
  private final Pause pause;
  private final AuditTrail trail;
  private final Whereabouts whereabouts;
  private final SessionPolicies policies;
  private final Executor workers;
  private final CompiledSnapshots snapshots = new CompiledSnapshots();
  private final Map<String, SessionContext> contexts = new ConcurrentHashMap<>();
  private volatile Consumer<Session> onEscape = session -> {};

  Reception(
      EventBus bus,
      ApprovalBook approvals,
      GrantBook grants,
      GateDesk gates,
      Pause pause,
      AuditTrail trail,
      Whereabouts whereabouts,
      SessionPolicies policies,
      Executor workers) {
    this.bus = bus;
    this.approvals = approvals;
    this.grants = grants;
    this.gates = gates;
    this.pause = pause;
    this.trail = trail;
    this.whereabouts = whereabouts;
    this.policies = policies;
    this.workers = workers;
  }

  @Override
  public void opened(Session session) {
    contexts.put(
        session.id(),
        new SessionContext(
            session,
            new SessionPlace(session.workspaces()),
            whereabouts,
            policies.of(session.id(), session.workspaces()),
            new SerialExecutor(workers)));
    try {
      grants.reload(session.id());
    } catch (StoreException e) {
      // Without its grants a session asks again, which is safe.
      LOG.error("the grants of session {} cannot be read", session.id(), e);
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("wrapped", session.request().wrapped());
    detail.put("argv", session.request().argv());
    detail.put("cwd", session.request().cwd().toString());
    detail.put("dry_run", session.request().dryRun());
    trail.note("session.started", session.id(), detail);
  }

  @Override
  public CompletableFuture<List<String>> closed(Session session) {
    SessionContext context = contexts.remove(session.id());
    policies.ended(session.id());
    trail.flush();
    trail.note("session.ended", session.id(), Map.of());
    return approvals
        .cancelOf(session.id())
        .thenCompose(done -> grants.end(session.id()))
        .thenApply(ended -> context == null ? List.of() : context.collected());
  }

  private Optional<SessionContext> context(Session session) {
    return Optional.ofNullable(contexts.get(session.id()));
  }

  /** Hear of sessions in which a process runs what nobody decided. */
  void onEscape(Consumer<Session> listener) {
    onEscape = listener;
  }

  /** Compile the policy of one session. */
  Snapshot snapshot(Session session) {
    return context(session).map(snapshots::of).orElse(Snapshot.ASKING);
  }

  @Override
  public void asked(
      Session session, ProcessView process, Operation operation, boolean fresh, Reply reply) {
    session.countAsked();
    Optional<SessionContext> context = context(session);
    if (context.isEmpty()) {
      reply.deny(new Reply.Denial("aegis", CLOSED, false, Optional.empty()));
      return;
    }
    if (operation instanceof Operation.Execute && pause.paused().isPresent()) {
      reply.becomeGate(Pause.REQUEST);
      return;
    }
    if (!pause.pass(() -> publish(context.get(), process, operation, reply))) {
      reply.hold(Pause.REQUEST);
    }
  }

  private void publish(
      SessionContext context, ProcessView process, Operation operation, Reply reply) {
    OutsideNames named = OutsideNames.of(context.session(), process, operation);
    bus.publish(
        new PipelineEvent.Asked(
            new Asking(
                context, process, named.operation(), reply, Instant.now(), named.names(), false)));
  }

  @Override
  public void reported(Session session, ProcessView process, Operation operation) {
    context(session).ifPresent(context -> reported(context, process, operation));
  }

  private void reported(SessionContext context, ProcessView process, Operation operation) {
    Operation named = OutsideNames.of(context.session(), process, operation).operation();
    if (named instanceof FileAccess access) {
      context.mayCreate(access, Instant.now().minus(ON_THE_WAY));
    }
    bus.publish(new PipelineEvent.Reported(context, process, named));
  }

  @Override
  public void refused(
      Session session, ProcessView process, Operation operation, Refusal refusal, Reply reply) {
    session.countAsked();
    Map<String, Object> detail = AuditTrail.describe(process, operation);
    detail.put("by", "the reporter in the process");
    detail.put("rule", refusal.rule());
    detail.put("reason", refusal.reason());
    Completion.of(
        trail.write("operation.denied", session.id(), detail, Durability.WRITTEN),
        (row, failure) -> {
          reply.deny(
              new Reply.Denial(
                  refusal.rule(), refusal.reason(), !process.wrapped(), Optional.empty()));
          bus.publish(new PipelineEvent.Refused(session, process, operation, refusal));
        });
  }

  @Override
  public void attached(Session session, ProcessView process, long request, Reply reply) {
    Optional<SessionContext> context = context(session);
    if (context.isEmpty()) {
      reply.deny(new Reply.Denial("aegis", CLOSED, false, Optional.empty()));
      return;
    }
    context.get().executor().execute(() -> gates.attached(context.get(), process, request, reply));
  }

  @Override
  public void released(Session session, ProcessView process, long request) {
    context(session)
        .ifPresent(
            context -> context.executor().execute(() -> released(context, process, request)));
  }

  private void released(SessionContext context, ProcessView process, long request) {
    if (!gates.released(context, process, request)) {
      suspicious(
          context.session(), process.key().pid(), "claims the release of request " + request);
    }
  }

  @Override
  public void counted(Session session, ProcessView process, List<Long> byKind) {
    bus.publish(new PipelineEvent.Counted(session, process, byKind));
  }

  @Override
  public void disconnected(Session session, ProcessView process) {
    workers.execute(() -> approvals.detached(session.id(), process.key()));
  }

  @Override
  public void escaped(Session session, ProcessView process) {
    LOG.warn("process {} runs {}, which nobody decided", process.key().pid(), process.program());
    // All that it does is refused, so it may allow itself nothing.
    onEscape.accept(session);
    trail.note(Execution.ESCAPE, session.id(), AuditTrail.describe(process));
  }

  @Override
  public void lost(Session session, ProcessView process, long frames) {
    Map<String, Object> detail = AuditTrail.describe(process);
    detail.put("records", frames);
    trail.note("records.lost", session.id(), detail);
  }

  @Override
  public void suspicious(Session session, int pid, String what) {
    LOG.warn("process {} {}", pid, what);
    trail.note("reporter.suspicious", session.id(), Map.of("pid", pid, "what", what));
  }
}
