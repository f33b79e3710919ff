package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.intercept.SessionStatus;
import dev.aegis.daemon.intercept.Sessions;
import dev.aegis.daemon.policy.CurrentPolicy;
import dev.aegis.daemon.policy.PolicyStatus;
import dev.aegis.daemon.store.Database;
import dev.aegis.daemon.store.SessionRepository;
import dev.aegis.daemon.store.SessionRow;
import dev.aegis.daemon.store.SqliteJournal;
import dev.aegis.daemon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code aegis status} shows, as docs/schemas/status.json describes it. */
public final class StatusReport {

  private final DaemonFacts facts;
  private final Database database;
  private final SqliteJournal journal;
  private final CurrentPolicy policy;
  private final Sessions sessions;
  private final ApprovalDesk desk;
  private final SessionRepository pastSessions;

  public StatusReport(
      DaemonFacts facts,
      Database database,
      SqliteJournal journal,
      CurrentPolicy policy,
      Sessions sessions,
      ApprovalDesk desk,
      SessionRepository pastSessions) {
    this.facts = facts;
    this.database = database;
    this.journal = journal;
    this.policy = policy;
    this.sessions = sessions;
    this.desk = desk;
    this.pastSessions = pastSessions;
  }

  ObjectNode json() {
    List<SessionStatus> open = sessions.list();
    List<Approval> pending = desk.list(false);
    ObjectNode json = Json.object();
    json.put("running", true);
    json.put("home", facts.home().root().toString());
    json.put("pid", ProcessHandle.current().pid());
    json.put("version", facts.version());
    json.put("started_at", facts.startedAt().toString());
    json.put("uptime_seconds", Duration.between(facts.startedAt(), Instant.now()).toSeconds());
    json.set("policy", policyJson());
    json.set("database", databaseJson());
    json.putObject("approvals").put("pending", pending.size());
    json.set("activity", activityJson(open));
    json.set("sessions", Json.array(open, session -> SessionStatusJson.of(session, pending)));
    return json;
  }

  private ObjectNode policyJson() {
    PolicyStatus status = policy.status();
    return Json.object()
        .put("path", status.path().toString())
        .put("state", status.state().label())
        .put("rules", status.rules())
        .put("default_action", status.defaultAction().label())
        .put("error", status.error().orElse(null));
  }

  private ObjectNode databaseJson() {
    ObjectNode json = Json.object();
    json.put("path", database.file().toString());
    Optional<String> fault = journal.fault().map(StoreException::getMessage);
    try {
      json.put("bytes", Files.size(database.file()));
    } catch (IOException e) {
      json.put("bytes", 0);
      fault = fault.or(() -> Optional.of("it cannot be reached: " + e.getMessage()));
    }
    json.put("healthy", fault.isEmpty());
    json.put("error", fault.orElse(null));
    return json;
  }

  private ObjectNode activityJson(List<SessionStatus> open) {
    SessionRow.Counts past;
    try {
      past = pastSessions.countsSince(facts.startedAt());
    } catch (StoreException e) {
      /* The database says so itself, a few lines above. */
      past = SessionRow.Counts.NONE;
    }
    return Json.object()
        .put("asked", past.asked() + open.stream().mapToLong(s -> s.counts().asked()).sum())
        .put("allowed", past.allowed() + open.stream().mapToLong(s -> s.counts().allowed()).sum())
        .put("denied", past.denied() + open.stream().mapToLong(s -> s.counts().denied()).sum());
  }
}
