package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.GrantBook;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.intercept.Reply.Denial;
import dev.aegis.daemon.intercept.Session;
import dev.aegis.daemon.store.Durability;
import dev.aegis.operation.DeclaredCoverage;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.policy.Decision;
import dev.aegis.policy.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The third stage: enacts what was decided. Nothing goes on that cannot be recorded. */
final class Execution {

  static final String ESCAPE = "supervision.escape";
  private static final String GUARD = "builtin.guard";
  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  private final EventBus bus;
  private final AuditTrail trail;
  private final GrantBook grants;
  private final Asker asker;
  private final OwnProcesses own;

  Execution(EventBus bus, AuditTrail trail, GrantBook grants, Asker asker, OwnProcesses own) {
    this.bus = bus;
    this.trail = trail;
    this.grants = grants;
    this.asker = asker;
    this.own = own;
  }

  void enact(PipelineEvent.Judged judged) {
    Plan plan = judged.plan();
    Decision decision = judged.decision();
    Asking asking = plan.asking();
    if (asking.process().escaped() && !(asking.operation() instanceof Execute)) {
      deny(
          plan,
          decision,
          ESCAPE,
          asking.process().program() + " was never decided: everything it does is refused");
      return;
    }
    Optional<String> touched = own.touched(asking.operation(), asking.process().key().pid());
    if (touched.isPresent()) {
      deny(plan, decision, GUARD, touched.get());
      return;
    }
    if (decision.verdict() == Verdict.DENY) {
      endGrants(plan, decision);
      deny(plan, decision, decision.rule(), decision.reason());
    } else if (!asking.mayWait() && needsWaiting(asking.operation(), decision)) {
      asking
          .context()
          .executor()
          .execute(
              () ->
                  guarded(
                      asking, () -> enact(new PipelineEvent.Judged(plan.thatMayWait(), decision))));
    } else if (decision.verdict() == Verdict.REQUIRE_APPROVAL) {
      ask(plan, decision);
    } else {
      allow(plan, decision, "policy", OptionalLong.empty());
    }
  }

  /* Grants die with a policy that forbids what they cover; looks at files. */
  private void endGrants(Plan plan, Decision decision) {
    SessionContext context = plan.asking().context();
    context
        .executor()
        .execute(
            () ->
                grants.forbidden(
                    context.session().id(),
                    context.session().request().wrapped(),
                    () -> TermsOfPlan.of(plan, decision)));
  }

  /** Whatever goes wrong while an operation is judged, the answer is no. */
  void guarded(Asking asking, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("judging failed: {}", asking.operation().kind(), e);
      asking
          .reply()
          .deny(
              new Denial(
                  "aegis",
                  "Aegis failed while judging this; the daemon's log has the details",
                  tells(asking),
                  Optional.empty()));
    }
  }

  private static boolean needsWaiting(Operation operation, Decision decision) {
    if (decision.verdict() == Verdict.REQUIRE_APPROVAL) {
      return true;
    }
    if (operation instanceof Execute execute) {
      return !execute.path().startsWith("/usr/");
    }
    return operation instanceof FileAccess access && Renaming.of(access).isPresent();
  }

  private void ask(Plan plan, Decision decision) {
    Asking asking = plan.asking();
    Session session = asking.context().session();
    OptionalLong readBy = asking.context().readBefore().approval(asking);
    if (readBy.isPresent()) {
      allow(plan, decision, "approval " + readBy.getAsLong(), OptionalLong.empty());
      return;
    }
    var terms = TermsOfPlan.of(plan, decision);
    var grant =
        grants.covering(
            session.id(),
            session.request().wrapped(),
            terms,
            session.lineage(asking.process().key()));
    if (grant.isPresent()) {
      asker.passOn(
          plan,
          grant.get(),
          terms,
          () -> allow(plan, decision, "approval " + grant.get().approval(), OptionalLong.empty()),
          failure -> unrecorded(plan, decision, failure));
    } else if (session.request().dryRun()) {
      asking.context().collect(plan.command() + "  (" + decision.rule() + ")");
      deny(plan, decision, decision.rule(), "dry run: a person would be asked");
    } else if (!isWhatItSays(plan)) {
      denyImpostor(plan, decision);
    } else {
      asker.ask(
          plan,
          decision,
          new Asker.Outcome(
              id -> {
                asking.context().readBefore().approved(asking, id);
                allow(plan, decision, "approval " + id, OptionalLong.of(id));
              },
              reason -> deny(plan, decision, decision.rule(), reason),
              failure -> unrecorded(plan, decision, failure)));
    }
  }

  private static boolean isWhatItSays(Plan plan) {
    return !(plan.asking().operation() instanceof Execute execute)
        || ExecutableCheck.of(execute, plan.asking().process().key().pid()).isPresent();
  }

  private void allow(Plan plan, Decision decision, String why, OptionalLong request) {
    Asking asking = plan.asking();
    if (asking.operation() instanceof Execute execute && !expect(asking, execute)) {
      denyImpostor(plan, decision);
      return;
    }
    if (asking.operation() instanceof Execute execute
        && decision.verdict() == Verdict.REQUIRE_APPROVAL) {
      asking.context().settings().accept(asking.process().key(), execute.environment());
    }
    if (asking.operation() instanceof Execute execute
        && !execute.spawned()
        && new SessionSurroundings(asking).isWrappedCommand(execute.argv())) {
      asking.context().session().isWrappedAgain(asking.process().key());
    }
    if (asking.operation() instanceof FileAccess access) {
      remember(asking, access);
    }
    if (trail.mayTrail()) {
      asking.reply().allow(request);
      bus.publish(new PipelineEvent.Allowed(plan, decision, why));
      return;
    }
    // Records fail or pile up: this one must be there before anything goes on.
    Completion.of(
        trail.write(
            "operation.allowed",
            asking.context().session().id(),
            AuditTrail.describe(plan),
            Durability.WRITTEN),
        (row, failure) -> {
          if (failure == null) {
            asking.reply().allow(request);
            bus.publish(new PipelineEvent.Allowed(plan, decision, why));
          } else {
            unrecorded(plan, decision, failure);
          }
        });
  }

  private static boolean expect(Asking asking, Execute execute) {
    Optional<FileIdentity> executable = ExecutableCheck.of(execute, asking.process().key().pid());
    executable.ifPresent(
        identity ->
            asking
                .context()
                .session()
                .expect(
                    asking.process().key(),
                    identity,
                    execute.interpreter().orElse(execute.path()),
                    DeclaredCoverage.of(execute),
                    InterpretedScript.of(execute),
                    execute.spawned()));
    return executable.isPresent();
  }

  private static void remember(Asking asking, FileAccess access) {
    SessionContext context = asking.context();
    Optional<Renaming> renaming = Renaming.of(access);
    if (renaming.isPresent()) {
      context.place().mayMove(renaming.get().source(), renaming.get().destination());
    } else {
      context.mayCreate(access, asking.at());
    }
  }

  private void denyImpostor(Plan plan, Decision decision) {
    deny(
        plan,
        decision,
        ESCAPE,
        "the program is not the file that it was said to be: " + plan.path());
  }

  private void deny(Plan plan, Decision decision, String rule, String reason) {
    PipelineEvent.Denied denied = new PipelineEvent.Denied(plan, decision, rule, reason);
    Asking asking = plan.asking();
    boolean quiet = denied.isOfLookingAround();
    Runnable answer =
        () -> {
          announce(denied);
          asking.reply().deny(new Denial(rule, reason, !quiet && tells(asking), Optional.empty()));
        };
    Map<String, Object> detail = AuditTrail.describe(plan);
    detail.put("rule", rule);
    detail.put("reason", reason);
    detail.put("risk", decision.risk().score());
    detail.put("categories", decision.categories().stream().map(Object::toString).toList());
    String session = asking.context().session().id();
    if (quiet && trail.mayTrail()) {
      detail.put("at", asking.at().toString());
      trail.denied(session, detail);
      answer.run();
      return;
    }
    Completion.of(
        trail.write("operation.denied", session, detail, Durability.WRITTEN),
        (row, failure) -> answer.run());
  }

  /* Before the answer, so that who watches knows the reason before the process can end by it. */
  private void announce(PipelineEvent.Denied denied) {
    try {
      bus.publish(denied);
    } catch (RuntimeException e) {
      LOG.error("a denial was not heard by all: {}", denied.reason(), e);
    }
  }

  private void unrecorded(Plan plan, Decision decision, Throwable failure) {
    LOG.error("denied, because it cannot be recorded: {}", plan.command(), failure);
    String reason = "nothing is allowed that cannot be recorded: see aegis doctor";
    announce(new PipelineEvent.Denied(plan, decision, "aegis", reason));
    plan.asking().reply().deny(new Denial("aegis", reason, tells(plan.asking()), Optional.empty()));
  }

  /* The descriptor 2 of the wrapped program is the user's screen. */
  private static boolean tells(Asking asking) {
    return !asking.process().wrapped();
  }
}
