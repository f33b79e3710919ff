package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.intercept.SessionStatus;
import dev.aegis.daemon.kernel.ProcessFacts;
import java.util.List;
import java.util.Optional;

/** One open session of {@code aegis status}. */
final class SessionStatusJson {

  private SessionStatusJson() {}

  /**
   * Describe a session.
   *
   * @param pending approvals of all sessions
   */
  static ObjectNode of(SessionStatus session, List<Approval> pending) {
    ObjectNode json = Json.object();
    json.put("session", session.id());
    json.put("wrapped", session.wrapped());
    json.set("argv", Json.texts(session.argv()));
    json.put("cwd", session.cwd().toString());
    json.set("workspaces", Json.texts(session.workspaces()));
    json.put("dry_run", session.dryRun());
    json.put("supervision", session.supervision().label());
    json.put("floor", session.floor().label());
    json.put("started_at", session.startedAt().toString());
    json.put("pending", pending.stream().filter(a -> a.session().equals(session.id())).count());
    json.put("asked", session.counts().asked());
    json.put("allowed", session.counts().allowed());
    json.put("denied", session.counts().denied());
    json.set("processes", Json.array(session.processes(), SessionStatusJson::process));
    return json;
  }

  private static ObjectNode process(SessionStatus.SupervisedProcess process) {
    Optional<ProcessHandle.Info> info = ProcessHandle.of(process.pid()).map(ProcessHandle::info);
    ObjectNode json = Json.object();
    json.put("pid", process.pid());
    json.put("parent", process.parent());
    json.put("program", process.program());
    json.put("command", String.join(" ", ProcessFacts.commandLine(process.pid())));
    json.put("coverage", process.coverage().label());
    json.put(
        "coverage_reason",
        process.escaped()
            ? "runs another program than was decided"
            : process.coverageReason().label());
    json.put("escaped", process.escaped());
    json.put("started_at", Json.time(info.flatMap(ProcessHandle.Info::startInstant)));
    return json;
  }
}
