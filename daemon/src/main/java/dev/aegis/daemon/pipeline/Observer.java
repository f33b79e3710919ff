package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.intercept.SessionEvent;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
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
    feed.accept(
        session,
        new SessionEvent.Denied(
            asking.process().key().pid(),
            asking.process().program(),
            denied.plan().command(),
            denied.rule(),
            denied.reason()));
    if (bursts.isBurst(session, asking.at())) {
      trail.note("denials.burst", session, AuditTrail.describe(asking.process()));
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
      Map<String, Object> entry = AuditTrail.describe(reported.process());
      entry.put("tool", reported.operation().kind().tool());
      entry.put("command", Sentences.of(reported.operation()));
      if (reported.operation() instanceof FileAccess access) {
        entry.put("path", access.path());
      }
      entry.put("by", "the process itself");
      trail.allowed(reported.context().session().id(), entry);
    }
  }
}
