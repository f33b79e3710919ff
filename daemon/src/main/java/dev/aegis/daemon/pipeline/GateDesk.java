package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalBook;
import dev.aegis.daemon.approvals.Attached;
import dev.aegis.daemon.approvals.Fingerprint;
import dev.aegis.daemon.approvals.Grant;
import dev.aegis.daemon.approvals.GrantBook;
import dev.aegis.daemon.approvals.Pause;
import dev.aegis.daemon.approvals.Terms;
import dev.aegis.daemon.intercept.ProcessView;
import dev.aegis.daemon.intercept.Reply;
import dev.aegis.daemon.intercept.Reply.Denial;
import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.daemon.store.StoreException;
import dev.aegis.operation.DeclaredCoverage;
import dev.aegis.operation.Operation.Execute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where processes come to wait for an answer, and are let go. May wait for files. */
final class GateDesk {

  private static final Logger LOG = LoggerFactory.getLogger(GateDesk.class);
  private static final int ESRCH = 3;

  private final ApprovalBook approvals;
  private final GrantBook grants;
  private final Pause pause;
  private final Map<Long, Held> programs = new ConcurrentHashMap<>();

  /* What is not said again when a program is let go. */
  private record Held(DeclaredCoverage coverage, List<String> environment) {
    static final Held UNKNOWN = new Held(DeclaredCoverage.UNDECLARED, List.of());
  }

  GateDesk(ApprovalBook approvals, GrantBook grants, Pause pause) {
    this.approvals = approvals;
    this.grants = grants;
    this.pause = pause;
  }

  /** Remember a program that waits: how well it will be supervised, and with what it starts. */
  void held(long approval, Execute program) {
    programs.put(approval, new Held(DeclaredCoverage.of(program), program.environment()));
  }

  void forget(long approval) {
    programs.remove(approval);
  }

  /**
   * Record that an approved operation is being carried out.
   *
   * @return false when it is not the operation of this process
   */
  boolean released(SessionContext context, ProcessView process, long request) {
    try {
      boolean own =
          approvals.released(context.session().id(), request, process.key(), process.parent());
      if (own) {
        forget(request);
      }
      return own;
    } catch (StoreException e) {
      LOG.error("the release of request {} cannot be looked up", request, e);
      return true;
    }
  }

  void attached(SessionContext context, ProcessView process, long request, Reply reply) {
    if (request == Pause.REQUEST) {
      if (!pause.pass(() -> forgotten(request, reply))) {
        reply.hold(request);
      }
      return;
    }
    try {
      Attached attached =
          approvals.attach(
              context.session().id(),
              request,
              process.key(),
              process.parent(),
              new ReplyWaiter(
                  reply,
                  (approval, terms) ->
                      pause.pass(() -> settled(context, process, approval, terms, reply))));
      if (attached == Attached.WAITING) {
        reply.hold(request);
      } else if (attached == Attached.UNKNOWN) {
        forgotten(request, reply);
      }
    } catch (StoreException e) {
      LOG.error("request {} cannot be looked up", request, e);
      reply.deny(
          new Denial(
              "aegis", "the database cannot be read: see aegis doctor", true, Optional.empty()));
    }
  }

  /* Who hears this asks anew. */
  private static void forgotten(long request, Reply reply) {
    reply.deny(
        new Denial(
            "aegis",
            "request " + request + " is not known, or not of this process",
            false,
            Optional.of(ESRCH)));
  }

  private void settled(
      SessionContext context, ProcessView process, Approval approval, Terms terms, Reply reply) {
    if (approval.state() != ApprovalState.APPROVED) {
      refuse(context, process, reply, approval.rule(), Asker.reason(approval));
      return;
    }
    if (!terms.stillHold()) {
      refuse(
          context,
          process,
          reply,
          Execution.ESCAPE,
          "what was approved has changed since (approval " + approval.id() + ")");
      return;
    }
    if (!terms.program()) {
      letGo(context, reply, approval);
      return;
    }
    Completion.of(
        grants.give(Grant.ofProcess(approval, process.key(), terms)),
        (given, failure) -> {
          if (failure != null) {
            LOG.error("approval {} cannot be recorded as granted", approval.id(), failure);
            refuse(
                context,
                process,
                reply,
                "aegis",
                "nothing is allowed that cannot be recorded: see aegis doctor");
            return;
          }
          context
              .settings()
              .accept(
                  process.key(), programs.getOrDefault(approval.id(), Held.UNKNOWN).environment());
          expect(context, process, approval, terms);
          letGo(context, reply, approval);
        });
  }

  private static void letGo(SessionContext context, Reply reply, Approval approval) {
    context.session().countAnswer(true);
    reply.allow(OptionalLong.of(approval.id()));
  }

  private static void refuse(
      SessionContext context, ProcessView process, Reply reply, String rule, String reason) {
    context.session().countAnswer(false);
    reply.deny(new Denial(rule, reason, !process.wrapped(), Optional.empty()));
  }

  /* The last of the bound files is what the kernel runs: the program, or the interpreter. */
  private void expect(SessionContext context, ProcessView process, Approval approval, Terms terms) {
    if (terms.bindings().isEmpty()) {
      return;
    }
    Fingerprint executable = terms.bindings().get(terms.bindings().size() - 1);
    // What was asked for is a script when the kernel runs another file for it.
    Optional<String> script =
        Optional.of(approval.path()).filter(path -> !path.equals(executable.path()));
    DeclaredCoverage coverage = programs.getOrDefault(approval.id(), Held.UNKNOWN).coverage();
    KernelFiles.identifyTarget(executable.path())
        .ifPresent(
            identity ->
                context
                    .session()
                    .expect(process.key(), identity, executable.path(), coverage, script, false));
  }
}
