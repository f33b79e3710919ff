package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.AnswerRules;
import dev.aegis.daemon.approvals.ApprovalBook;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.ApprovalEvent;
import dev.aegis.daemon.approvals.ApprovalRecords;
import dev.aegis.daemon.approvals.GrantBook;
import dev.aegis.daemon.approvals.GrantDesk;
import dev.aegis.daemon.approvals.Pause;
import dev.aegis.daemon.approvals.PauseDesk;
import dev.aegis.daemon.approvals.Timekeeper;
import dev.aegis.daemon.audit.AuditLog;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.intercept.IntakeLimits;
import dev.aegis.daemon.intercept.OpenSessions;
import dev.aegis.daemon.intercept.Session;
import dev.aegis.daemon.intercept.SessionEvent;
import dev.aegis.daemon.intercept.SessionRecords;
import dev.aegis.daemon.intercept.Sessions;
import dev.aegis.daemon.policy.CurrentPolicy;
import dev.aegis.daemon.policy.SessionPolicies;
import dev.aegis.daemon.store.StoreException;
import dev.aegis.daemon.workspace.WorkspaceLocator;
import dev.aegis.operation.Operation.Execute;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the daemon that supervises, put together: intake, stages and approvals. */
public final class Pipeline implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final int WORKERS = 3;
  private static final long FLUSH_MS = 40;
  private static final long SWEEP_MS = 1_000;
  private static final long LAST_WORK_SECONDS = 10;

  private final OpenSessions sessions;
  private final ApprovalBook approvals;
  private final GrantBook grants;
  private final Pause pause;
  private final Critic critic;
  private final AuditTrail trail;
  private final Rounds rounds;
  private final ExecutorService workers;
  private final ExecutorService compiler;
  private final ExecutorService recorder;

  private Pipeline(
      OpenSessions sessions,
      ApprovalBook approvals,
      GrantBook grants,
      Pause pause,
      Critic critic,
      AuditTrail trail,
      Rounds rounds,
      ExecutorService workers,
      ExecutorService compiler,
      ExecutorService recorder) {
    this.sessions = sessions;
    this.approvals = approvals;
    this.grants = grants;
    this.pause = pause;
    this.critic = critic;
    this.trail = trail;
    this.rounds = rounds;
    this.workers = workers;
    this.compiler = compiler;
    this.recorder = recorder;
  }

  /**
   * What a pipeline is made of.
   *
   * @param run the run directory, real path
   * @param aegisHome AEGIS_HOME, real path
   * @param whereabouts where the user's things are
   * @param policies the policies in force
   * @param timeout how long approvals wait, as configured now
   * @param approvesOnTimeout whether silence approves what is below high risk
   * @param answers who may answer what
   */
  public record Parts(
      Path run,
      Path aegisHome,
      Whereabouts whereabouts,
      SessionPolicies policies,
      Supplier<Duration> timeout,
      BooleanSupplier approvesOnTimeout,
      AnswerRules answers,
      ApprovalRecords approvals,
      SessionRecords sessions,
      AuditLog audit,
      EventBus bus,
      IntakeLimits limits) {}

  /** Start, and take up what an earlier daemon left. */
  public static Pipeline start(Parts parts) throws IOException, StoreException {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(1, daemonThreads("aegis-clock"));
    ExecutorService workers = pool(WORKERS, "aegis-worker");
    ExecutorService compiler = pool(1, "aegis-snapshot");
    ExecutorService recorder = Executors.newSingleThreadExecutor(daemonThreads("aegis-recorder"));
    Timekeeper time = Timekeeper.system(clock);
    GrantBook grants = new GrantBook(parts.approvals(), time);
    ApprovalBook approvals =
        new ApprovalBook(
            parts.approvals(), grants, time, workers, parts.answers(), parts.approvesOnTimeout());
    Pause pause = new Pause(parts.approvals(), time, workers);
    AuditTrail trail = new AuditTrail(parts.audit(), recorder);
    GateDesk gates = new GateDesk(approvals, grants, pause);
    Reception reception =
        new Reception(
            parts.bus(),
            approvals,
            grants,
            gates,
            pause,
            trail,
            parts.whereabouts(),
            parts.policies(),
            workers);
    grants.reload();
    pause.reload();
    OpenSessions sessions =
        OpenSessions.start(
            parts.run(),
            parts.aegisHome(),
            new WorkspaceLocator(parts.whereabouts().home(), parts.aegisHome()),
            parts.sessions(),
            reception,
            reception,
            parts.limits(),
            session ->
                pause.paused().isPresent()
                    || parts
                        .policies()
                        .of(session.id(), session.workspaces())
                        .get()
                        .narrowsBaseline(),
            reception::snapshot,
            compiler);
    pause.onChange(sessions::policyChanged);
    reception.onEscape(sessions::withdrawSnapshot);
    Critic critic = new Critic();
    Rounds rounds = new Rounds(clock);
    Pipeline pipeline =
        new Pipeline(
            sessions, approvals, grants, pause, critic, trail, rounds, workers, compiler, recorder);
    pipeline.connect(parts, gates);
    sessions.reload();
    approvals.reload(sessions::isOpen);
    rounds.every(FLUSH_MS, trail::flush);
    rounds.every(FLUSH_MS, () -> sessions.recordsCanBeKept(trail.mayTrail()));
    rounds.every(SWEEP_MS, pipeline::sweep);
    return pipeline;
  }

  /* What comes after the end, such as lost connections, is the next daemon's: the rows tell it. */
  private static ExecutorService pool(int threads, String name) {
    ThreadPoolExecutor pool =
        (ThreadPoolExecutor) Executors.newFixedThreadPool(threads, daemonThreads(name));
    pool.setRejectedExecutionHandler(
        (work, full) -> LOG.debug("left to the next daemon: {}", work));
    return pool;
  }

  private static ThreadFactory daemonThreads(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private void connect(Parts parts, GateDesk gates) {
    EventBus bus = parts.bus();
    Planner planner = new Planner(bus);
    PolicyStage policy = new PolicyStage(bus);
    Execution execution =
        new Execution(
            bus,
            trail,
            grants,
            new Asker(bus, approvals, grants, pause, parts.timeout(), parts.policies()::complaints),
            new OwnProcesses(sessions::open));
    Observer observer = new Observer(trail, sessions::tell);
    bus.subscribe(
        PipelineEvent.Asked.class,
        asked -> execution.guarded(asked.asking(), () -> planner.plan(asked)));
    bus.subscribe(
        PipelineEvent.Planned.class,
        planned -> execution.guarded(planned.plan().asking(), () -> policy.judge(planned)));
    bus.subscribe(
        PipelineEvent.Judged.class,
        judged -> execution.guarded(judged.plan().asking(), () -> execution.enact(judged)));
    bus.subscribe(PipelineEvent.Allowed.class, observer::allowed);
    bus.subscribe(PipelineEvent.Denied.class, observer::denied);
    bus.subscribe(PipelineEvent.Held.class, observer::held);
    bus.subscribe(
        PipelineEvent.Held.class,
        held -> {
          if (held.plan().asking().operation() instanceof Execute execute) {
            gates.held(held.approval(), execute);
          }
        });
    bus.subscribe(PipelineEvent.Reported.class, observer::reported);
    bus.subscribe(PipelineEvent.Refused.class, observer::refused);
    Consumer<ApprovalEvent> toWatchers =
        event -> sessions.tell(event.approval().session(), new SessionEvent.ApprovalChanged(event));
    approvals.subscribe(toWatchers);
    approvals.subscribe(critic::hear);
  }

  private void sweep() {
    approvals.sweep();
    for (OpenSessions.Lost lost : sessions.sweep()) {
      trail.note(
          "records.lost",
          lost.session().id(),
          Map.of("pid", lost.process().pid(), "records", lost.frames()));
    }
  }

  /** Return the sessions. */
  public Sessions sessions() {
    return sessions;
  }

  /** Return the desk of approvals. */
  public ApprovalDesk approvals() {
    return approvals;
  }

  /** Return the desk of grants. */
  public GrantDesk grants() {
    return grants;
  }

  /** Return the desk where every session is held at once. */
  public PauseDesk pause() {
    return pause;
  }

  /** Return the critic. */
  public Critic critic() {
    return critic;
  }

  /** Tell every reporter that the policy is another one. */
  public void policyChanged() {
    sessions.policyChanged();
  }

  /** Record an edit of a policy, and tell those who watch the sessions that it concerns. */
  public void policyEdited(CurrentPolicy.Told told) {
    trail.note(
        told.complaint().isPresent() ? "policy.rejected" : "policy.reloaded",
        told.session().orElse(""),
        told.complaint()
            .<Map<String, Object>>map(why -> Map.of("what", told.what(), "why", why))
            .orElse(Map.of("what", told.what())));
    told.session()
        .map(List::of)
        .orElseGet(() -> sessions.open().stream().map(Session::id).toList())
        .forEach(id -> sessions.tell(id, new SessionEvent.Notice(told.text())));
  }

  /** Stop answering; sessions and pending approvals stay for the next daemon. */
  @Override
  public void close() throws IOException {
    sessions.close();
    // A snapshot of this daemon is of no use to the next one, and takes seconds.
    compiler.shutdownNow();
    end(workers);
    rounds.close();
    trail.flush();
    end(recorder);
  }

  static void end(ExecutorService executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(LAST_WORK_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("work of sessions was left undone");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
