package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.PauseDesk;
import java.util.Map;

/** The calls that hold every session and let all go on. */
final class PauseCalls {

  private final PauseDesk desk;
  private final Answerer user;

  /**
   * The calls on a desk.
   *
   * @param user the one user who can reach the socket
   */
  PauseCalls(PauseDesk desk, Answerer user) {
    this.desk = desk;
    this.user = user;
  }

  Map<String, Call> table() {
    return Map.of(
        "sessions.pause", Call.changing((arguments, caller) -> order(true)),
        "sessions.resume", Call.changing((arguments, caller) -> order(false)));
  }

  private JsonNode order(boolean hold) throws RefusedCall {
    PauseDesk.Outcome outcome =
        Recorded.await(
            desk.order(hold, user, "cli"),
            hold ? "sessions are held until the daemon ends" : "every session stays held");
    if (outcome == PauseDesk.Outcome.REFUSED) {
      throw new RefusedCall(
          RefusedCall.PERMISSION,
          "that takes an admin; approvals.local_role says " + user.role().word());
    }
    return Json.object().put("changed", outcome == PauseDesk.Outcome.DONE);
  }
}
