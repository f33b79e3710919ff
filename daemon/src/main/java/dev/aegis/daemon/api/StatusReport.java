package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.Habits;
import dev.aegis.daemon.approvals.PauseDesk;
import dev.aegis.daemon.channels.ChannelHealth;
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
import java.util.function.Supplier;

/** What {@code aegis status} shows, as docs/schemas/status.json describes it. */
public final class StatusReport {

  private static final int HABITS_OF = 1_000;

  private final DaemonFacts facts;
  private final Database database;
  private final SqliteJournal journal;
  private final CurrentPolicy policy;
  private final Sessions sessions;
  private final ApprovalDesk desk;
  private final PauseDesk pause;
  private final SessionRepository pastSessions;
  private final Supplier<List<ChannelHealth>> channels;

  public StatusReport(
      DaemonFacts facts,
      Database database,
      SqliteJournal journal,
      CurrentPolicy policy,
      Sessions sessions,
      ApprovalDesk desk,
      PauseDesk pause,
      SessionRepository pastSessions,
      Supplier<List<ChannelHealth>> channels) {
    this.facts = facts;
    this.database = database;
    this.journal = journal;
    this.policy = policy;
    this.sessions = sessions;
    this.desk = desk;
    this.pause = pause;
    this.pastSessions = pastSessions;
    this.channels = channels;
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
    json.set("paused", pause.paused().<JsonNode>map(StatusReport::pauseJson).orElse(null));
    json.set("channels", Json.array(channels.get(), StatusReport::channelJson));
    json.set("habits", habitsJson());
    json.set("activity", activityJson(open));
    json.set("sessions", Json.array(open, session -> SessionStatusJson.of(session, pending)));
    return json;
  }

  private static ObjectNode pauseJson(PauseDesk.Paused paused) {
    return Json.object().put("by", paused.by()).put("since", paused.at().toString());
  }

  private ObjectNode policyJson() {
    PolicyStatus status = policy.status();
    ObjectNode json =
        Json.object()
            .put("path", status.path().toString())
            .put("state", status.state().label())
            .put("rules", status.rules())
            .put("default_action", status.defaultAction().label())
            .put("error", status.error().orElse(null));
    json.set("projects", Json.array(status.projects(), StatusReport::projectJson));
    return json;
  }

  private static ObjectNode projectJson(PolicyStatus.Project project) {
    return Json.object()
        .put("path", project.path())
        .put("state", project.state().label())
        .put("trusted", project.trusted())
        .put("error", project.error().orElse(null));
  }

  private static ObjectNode channelJson(ChannelHealth channel) {
    return Json.object()
        .put("name", channel.channel())
        .put("state", channel.state().label())
        .put("detail", channel.detail());
  }

  private ObjectNode habitsJson() {
    Habits habits = Habits.of(desk.history(HABITS_OF), Instant.now());
    ObjectNode json = Json.object();
    json.put("questions", habits.questions());
    json.put("questions_an_hour", habits.anHour());
    json.put("approved_share", habits.approvedShare().orElse(null));
    json.put("median_answer_seconds", habits.medianAnswer().map(Duration::toSeconds).orElse(null));
    json.set(
        "always_approved",
        Json.array(
            habits.alwaysApproved(),
            one ->
                Json.object()
                    .put("command", one.example())
                    .put("approvals", one.approvals())
                    .put("latest", one.latest())
                    .put("rule", one.rule())));
    return json;
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
