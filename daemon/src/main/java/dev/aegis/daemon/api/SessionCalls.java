package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.daemon.intercept.OpenedSession;
import dev.aegis.daemon.intercept.SessionRefusedException;
import dev.aegis.daemon.intercept.SessionRequest;
import dev.aegis.daemon.intercept.SessionSummary;
import dev.aegis.daemon.intercept.Sessions;
import dev.aegis.daemon.policy.CurrentPolicy;
import dev.aegis.operation.Floor;
import dev.aegis.operation.Supervision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The calls of the launcher. */
final class SessionCalls {

  private static final long LONGEST_TIMEOUT_SECONDS = 604_800;
  private static final List<String> SUPERVISIONS =
      Stream.of(Supervision.values()).map(Supervision::label).toList();
  private static final List<String> FLOORS = Stream.of(Floor.values()).map(Floor::label).toList();
  private static final long CLOSE_PATIENCE_SECONDS = 30;

  private final Sessions sessions;
  private final CurrentPolicy policy;
  private final SessionLogLevels logLevels;

  SessionCalls(Sessions sessions, CurrentPolicy policy, SessionLogLevels logLevels) {
    this.sessions = sessions;
    this.policy = policy;
    this.logLevels = logLevels;
  }

  Map<String, Call> table() {
    return Map.of(
        "session.open", Call.changing(this::open),
        "session.start", Call.changing(this::start),
        "session.close", Call.changing(this::close),
        "session.watch", Call.changing(this::watch));
  }

  private JsonNode open(Arguments arguments, Caller caller) throws RefusedCall {
    SessionRequest request =
        new SessionRequest(
            arguments.text("wrapped"),
            arguments.texts("argv"),
            arguments.path("cwd"),
            arguments.paths("workspaces"),
            arguments.flag("terminal"),
            arguments.flag("dry_run"),
            arguments
                .optionalNumber("timeout_seconds", 1, LONGEST_TIMEOUT_SECONDS)
                .map(Duration::ofSeconds),
            arguments.path("library"),
            arguments.path("gate"),
            arguments.path("distribution"),
            arguments.optionalPath("loader"),
            Supervision.ofLabel(arguments.word("supervision", SUPERVISIONS)).orElseThrow(),
            Floor.ofLabel(arguments.word("floor", FLOORS)).orElseThrow());
    var logLevel = SessionLogLevels.parse(arguments.optionalText("log_level"));
    /* An edit that the watch could not see must count for this session at the latest. */
    policy.refresh();
    OpenedSession opened = refusable(() -> sessions.open(request));
    logLevel.ifPresent(level -> logLevels.raise(opened.id(), level));
    List<String> notices = new ArrayList<>(opened.notices());
    policy.complaints(opened.id()).forEach(error -> notices.add("policy: " + error));
    ObjectNode json = Json.object();
    json.put("session", opened.id());
    json.put("directory", opened.directory().toString());
    ObjectNode environment = json.putObject("environment");
    opened.environment().forEach(environment::put);
    json.set("workspaces", Json.texts(opened.workspaces()));
    json.set("notices", Json.texts(notices));
    return json;
  }

  private JsonNode start(Arguments arguments, Caller caller) throws RefusedCall {
    String session = arguments.text("session");
    int pid = Math.toIntExact(arguments.number("pid", 1, Integer.MAX_VALUE));
    refusable(
        () -> {
          sessions.start(session, pid, caller.peer().pid());
          return null;
        });
    return Json.object();
  }

  private JsonNode close(Arguments arguments, Caller caller) throws RefusedCall {
    String session = arguments.text("session");
    logLevels.restore(session);
    try {
      SessionSummary summary =
          refusable(() -> sessions.close(session)).get(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS);
      ObjectNode json = Json.object();
      json.put("session", summary.session());
      json.put("asked", summary.asked());
      json.put("allowed", summary.allowed());
      json.put("denied", summary.denied());
      json.put("approvals", summary.approvals());
      json.set("dry_run", Json.texts(summary.dryRun()));
      return json;
    } catch (ExecutionException e) {
      throw new RefusedCall(
          RefusedCall.STATE,
          "the end of session " + session + " could not be recorded: " + e.getCause().getMessage(),
          e);
    } catch (TimeoutException e) {
      throw new RefusedCall(
          RefusedCall.STATE, "the end of session " + session + " was not recorded in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedCall(RefusedCall.GENERAL, "the daemon is stopping", e);
    }
  }

  private JsonNode watch(Arguments arguments, Caller caller) throws RefusedCall {
    String session = arguments.text("session");
    caller.keep(
        refusable(
            () ->
                sessions.watch(
                    session, event -> caller.events().accept(SessionEventJson.of(event)))));
    return Json.object();
  }

  private static <T> T refusable(Refusable<T> call) throws RefusedCall {
    try {
      return call.run();
    } catch (SessionRefusedException e) {
      throw new RefusedCall(RefusedCall.GENERAL, e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Refusable<T> {
    T run() throws SessionRefusedException;
  }
}
