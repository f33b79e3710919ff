package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.intercept.OperationDesk.Refusal;
import dev.aegis.daemon.intercept.ProcessView;
import dev.aegis.daemon.intercept.Session;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Decision;
import java.util.List;
import java.util.regex.Pattern;

/** What the stages tell each other, in the order in which an operation goes its way. */
sealed interface PipelineEvent {

  /** An operation was asked about: for the Planner. */
  record Asked(Asking asking) implements PipelineEvent {}

  /** It has a plan: for the PolicyStage. */
  record Planned(Plan plan) implements PipelineEvent {}

  /** The policy has spoken: for Execution. */
  record Judged(Plan plan, Decision decision) implements PipelineEvent {}

  /** It goes on. */
  record Allowed(Plan plan, Decision decision, String why) implements PipelineEvent {}

  /** It does not; the record is written. */
  record Denied(Plan plan, Decision decision, String rule, String reason) implements PipelineEvent {

    private static final Pattern OTHERS = Pattern.compile("/proc/[0-9]+/.*");

    /**
     * Tell whether nobody need hear of it one by one: programs such as ps and agents at their start
     * look into every process there is.
     */
    boolean isOfLookingAround() {
      return plan.asking().operation() instanceof FileAccess access
          && access.kind() == OperationKind.READ_FILE
          && OTHERS.matcher(access.path()).matches()
          && !access.path().endsWith("/mem");
    }
  }

  /** People are asked. */
  record Held(Plan plan, Decision decision, long approval) implements PipelineEvent {}

  /** People have answered. */
  record Settled(Plan plan, Approval approval) implements PipelineEvent {}

  /** A process did something that it could allow by itself. */
  record Reported(SessionContext context, ProcessView process, Operation operation)
      implements PipelineEvent {}

  /** A process did not do something that its reporter refuses by itself; the record is written. */
  record Refused(Session session, ProcessView process, Operation operation, Refusal refusal)
      implements PipelineEvent {}

  /** A process tells how often it allowed what by itself, by kind. */
  record Counted(Session session, ProcessView process, List<Long> byKind)
      implements PipelineEvent {}
}
