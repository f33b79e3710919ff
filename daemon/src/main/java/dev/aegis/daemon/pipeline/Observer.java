package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.intercept.ProcessView;
import dev.aegis.daemon.intercept.Session;
import dev.aegis.daemon.intercept.SessionEvent;
import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;

/** The fourth stage: hears everything, counts it, and keeps what is worth keeping. */
final class Observer {

  private final AuditTrail trail;
  private final BiConsumer<String, SessionEvent> feed;
  private final BurstWatch bursts = new BurstWatch();

  /**
   * An observer.
   *
   * @param feed tells those who watch a session
   */
  Observer(AuditTrail trail, BiConsumer<String, SessionEvent> feed) {
    this.trail = trail;
    this.feed = feed;
  }

  void allowed(PipelineEvent.Allowed allowed) {
    Asking asking = allowed.plan().asking();
    asking.context().session().countAnswer(true);
    if (isWorthKeeping(asking.operation())) {
      Map<String, Object> entry = AuditTrail.describe(allowed.plan());
      entry.put("at", asking.at().toString());
      entry.put("rule", allowed.decision().rule());
      entry.put("by", allowed.why());
      trail.allowed(asking.context().session().id(), entry);
    }
  }

  /* Reads, however many, are counted and no more. */
  private static boolean isWorthKeeping(Operation operation) {
    return operation.kind() != OperationKind.READ_FILE;
  }

  void denied(PipelineEvent.Denied denied) {
    Asking asking = denied.plan().asking();
    String session = asking.context().session().id();
    asking.context().session().countAnswer(false);
    if (denied.isOfLookingAround()) {
      return;
    }
    tell(
        session,
        asking.process(),
        asking.at(),
        new SessionEvent.Denied(
            asking.process().key().pid(),
            asking.process().program(),
            denied.plan().command(),
            denied.rule(),
            denied.reason()));
  }

  private void tell(String session, ProcessView process, Instant at, SessionEvent.Denied denied) {
    feed.accept(session, denied);
    if (bursts.isBurst(session, at)) {
      trail.note("denials.burst", session, AuditTrail.describe(process));
      feed.accept(
          session,
          new SessionEvent.Notice(
              "many denials in a short time: the wrapped program keeps trying"));
    }
  }

  void held(PipelineEvent.Held held) {
    held.plan().asking().context().session().countApproval();
  }

  void reported(PipelineEvent.Reported reported) {
    if (isWorthKeeping(reported.operation())) {
      Map<String, Object> entry = AuditTrail.describe(reported.process(), reported.operation());
      entry.put("by", "the process itself");
      trail.allowed(reported.context().session().id(), entry);
    }
  }

  void refused(PipelineEvent.Refused refused) {
    Session session = refused.session();
    session.countAnswer(false);
    tell(
        session.id(),
        refused.process(),
        Instant.now(),
        new SessionEvent.Denied(
            refused.process().key().pid(),
            refused.process().program(),
            Sentences.of(refused.operation()),
            refused.refusal().rule(),
            refused.refusal().reason()));
  }
}
