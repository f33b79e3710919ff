package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.daemon.intercept.SessionStatus;
import dev.aegis.daemon.intercept.Sessions;
import java.util.List;
import java.util.Map;

/** The calls about the daemon itself. */
final class DaemonCalls {

  private final DaemonFacts facts;
  private final Sessions sessions;
  private final StatusReport status;
  private final Runnable stop;

  /**
   * The calls about a daemon.
   *
   * @param stop asks for the end of the daemon and returns at once
   */
  DaemonCalls(DaemonFacts facts, Sessions sessions, StatusReport status, Runnable stop) {
    this.facts = facts;
    this.sessions = sessions;
    this.status = status;
    this.stop = stop;
  }

  Map<String, Call> table() {
    return Map.of(
        "ping", Call.reading(this::ping),
        "status", Call.reading((arguments, caller) -> status.json()),
        "stop", Call.changing(this::stop));
  }

  private JsonNode ping(Arguments arguments, Caller caller) {
    return Json.object()
        .put("version", facts.version())
        .put("pid", ProcessHandle.current().pid())
        .put("started_at", facts.startedAt().toString());
  }

  private JsonNode stop(Arguments arguments, Caller caller) throws RefusedCall {
    List<SessionStatus> open = sessions.list();
    if (!open.isEmpty() && !arguments.flag("force")) {
      throw new RefusedCall(
          RefusedCall.GENERAL,
          "%d session%s still run%s (%s): end them first, or use --force"
              .formatted(
                  open.size(),
                  open.size() == 1 ? "" : "s",
                  open.size() == 1 ? "s" : "",
                  String.join(", ", open.stream().map(SessionStatus::wrapped).toList())));
    }
    caller.afterAnswer(stop);
    return Json.object();
  }
}
