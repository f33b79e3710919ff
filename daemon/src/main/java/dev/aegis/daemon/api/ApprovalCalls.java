package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.daemon.approvals.AnswerOutcome;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The calls about approvals. */
final class ApprovalCalls {

  private static final int DEFAULT_LIMIT = 50;
  private static final int LARGEST_LIMIT = 10_000;
  private static final List<String> SCOPES =
      Arrays.stream(Scope.values()).map(Scope::label).toList();

  private final ApprovalDesk desk;
  private final Answerer user;

  /**
   * The calls on a desk.
   *
   * @param user the one user who can reach the socket
   */
  ApprovalCalls(ApprovalDesk desk, Answerer user) {
    this.desk = desk;
    this.user = user;
  }

  Map<String, Call> table() {
    return Map.of(
        "approvals.list", Call.reading(this::list),
        "approvals.show", Call.reading(this::show),
        "approvals.history", Call.reading(this::history),
        "approvals.decide", Call.changing(this::decide));
  }

  private JsonNode list(Arguments arguments, Caller caller) throws RefusedCall {
    return Json.array(desk.list(arguments.flag("all")), ApprovalJson::of);
  }

  private JsonNode show(Arguments arguments, Caller caller) throws RefusedCall {
    long id = id(arguments);
    return desk.show(id).map(ApprovalJson::of).orElseThrow(() -> unknown(id));
  }

  private JsonNode history(Arguments arguments, Caller caller) throws RefusedCall {
    long limit = arguments.optionalNumber("limit", 1, LARGEST_LIMIT).orElse((long) DEFAULT_LIMIT);
    return Json.array(desk.history(Math.toIntExact(limit)), ApprovalJson::of);
  }

  private JsonNode decide(Arguments arguments, Caller caller) throws RefusedCall {
    Answered answer = answer(arguments);
    AnswerOutcome outcome = outcome(answer);
    if (outcome instanceof AnswerOutcome.Accepted accepted) {
      return ApprovalJson.of(accepted.approval());
    }
    if (outcome instanceof AnswerOutcome.TooLate late) {
      throw new RefusedCall(RefusedCall.GENERAL, tooLate(late.approval()));
    }
    if (outcome instanceof AnswerOutcome.Voided) {
      throw new RefusedCall(
          RefusedCall.GENERAL,
          "approval %d is void: what it was about has changed; it is asked again if it still matters"
              .formatted(answer.id()));
    }
    if (outcome instanceof AnswerOutcome.Refused refused) {
      throw new RefusedCall(
          RefusedCall.PERMISSION,
          "approval %d stays open: %s".formatted(answer.id(), refused.why()));
    }
    if (outcome instanceof AnswerOutcome.Counted counted) {
      return ApprovalJson.of(counted.approval());
    }
    throw unknown(answer.id());
  }

  private Answered answer(Arguments arguments) throws RefusedCall {
    long id = id(arguments);
    String channel = arguments.word("channel", List.of("cli", "terminal"));
    if (arguments.word("decision", List.of("approve", "deny")).equals("deny")) {
      return Answered.no(id, user, channel, arguments.optionalText("reason"));
    }
    Scope scope = Scope.ofLabel(arguments.word("scope", SCOPES));
    return scope == Scope.MINUTES
        ? Answered.yesFor(
            id,
            Duration.ofSeconds(arguments.number("seconds", 1, Answered.LONGEST.toSeconds())),
            user,
            channel)
        : Answered.yes(id, scope, user, channel);
  }

  private AnswerOutcome outcome(Answered answer) throws RefusedCall {
    return Recorded.await(
        desk.decide(answer), "nothing was decided; see aegis approvals show " + answer.id());
  }

  private static long id(Arguments arguments) throws RefusedCall {
    return arguments.number("id", 1, Long.MAX_VALUE);
  }

  private static String tooLate(Approval approval) {
    return "approval %d was already %s%s%s"
        .formatted(
            approval.id(),
            approval.state().label(),
            approval.decidedBy().map(by -> " by " + by).orElse(""),
            approval.channel().map(channel -> " (" + channel + ")").orElse(""));
  }

  private static RefusedCall unknown(long id) {
    return new RefusedCall(
        RefusedCall.GENERAL, "no approval has the id " + id + "; see aegis approvals list --all");
  }
}
