package dev.aegis.launcher.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one session did, gathered from its rows: what was asked and who decided, what was refused,
 * deleted, moved, written, started and reached.
 */
public final class SessionReport {

  private static final String RELEASED = "approval.released";
  private static final Map<String, String> LISTS =
      Map.of(
          "delete_file", "deleted",
          "move_file", "moved",
          "write_file", "written",
          "execute", "programs",
          "connect", "connections");

  private final ObjectNode session = JsonNodeFactory.instance.objectNode();
  private final Map<Long, ObjectNode> questions = new LinkedHashMap<>();
  private final Map<String, ObjectNode> refused = new LinkedHashMap<>();
  private final Map<String, Map<String, Tally>> done = new TreeMap<>();
  private final ArrayNode incidents = JsonNodeFactory.instance.arrayNode();
  private long rows;
  private long first;
  private long last;

  /** How often, and by whose leave: the policy, or an approval. */
  private static final class Tally {
    private long times;
    private String by = "";
  }

  /**
   * An empty report.
   *
   * @param id of the session
   */
  public SessionReport(String id) {
    session.put("session", id);
    for (String name : new String[] {"wrapped", "cwd", "started_at", "ended_at"}) {
      session.putNull(name);
    }
    session.putArray("argv");
  }

  /** Tell whether the session has any row. */
  public boolean isEmpty() {
    return rows == 0;
  }

  /** Take one row of the session; rows come in their order. */
  public void hear(AuditRow row) {
    rows++;
    first = first == 0 ? row.sequence() : first;
    last = row.sequence();
    switch (row.kind()) {
      case "session.started" -> started(row);
      case "session.ended" -> session.put("ended_at", row.at().toString());
      case "operation.denied" -> refused(row);
      case "operation.allowed", AuditRow.ALLOWED -> row.single().forEach(this::allowed);
      case "approval.opened", "approval.decided", RELEASED -> question(row);
      default -> incident(row);
    }
  }

  private void started(AuditRow row) {
    session.put("wrapped", row.text("wrapped"));
    session.put("cwd", row.text("cwd"));
    session.put("started_at", row.at().toString());
    session.set("argv", row.detail().path("argv"));
  }

  private void question(AuditRow row) {
    ObjectNode question =
        questions.computeIfAbsent(row.detail().path("id").asLong(), id -> newQuestion(row));
    question.put("state", row.text("state"));
    if (row.kind().equals("approval.decided")) {
      question.put("decided_at", row.at().toString());
      question.put("decided_by", row.text("decided_by"));
      question.put("channel", row.text("channel"));
      question.put("scope", row.text("scope"));
      question.put("reason", row.text("reason"));
    } else if (row.kind().equals(RELEASED)) {
      question.put("released_at", row.at().toString());
    }
  }

  private static ObjectNode newQuestion(AuditRow row) {
    ObjectNode question = JsonNodeFactory.instance.objectNode();
    question.put("id", row.detail().path("id").asLong());
    question.put("command", row.text("command"));
    question.put("rule", row.text("rule"));
    question.put("risk", row.risk().orElse(0));
    question.put("asked_at", row.at().toString());
    for (String name :
        new String[] {"decided_at", "decided_by", "channel", "scope", "reason", "released_at"}) {
      question.putNull(name);
    }
    return question;
  }

  private void refused(AuditRow row) {
    String key = row.text("rule") + "\n" + row.text("command");
    ObjectNode entry =
        refused.computeIfAbsent(
            key,
            ignored ->
                JsonNodeFactory.instance
                    .objectNode()
                    .put("command", row.text("command"))
                    .put("rule", row.text("rule"))
                    .put("reason", row.text("reason"))
                    .put("first_at", row.at().toString())
                    .put("times", 0));
    entry.put("times", entry.path("times").asLong() + 1);
  }

  private void allowed(AuditRow operation) {
    String list = LISTS.getOrDefault(operation.text("tool"), "other");
    boolean byName = list.equals("deleted") || list.equals("written");
    String what = byName ? operation.text("path") : operation.text("command");
    Tally tally =
        done.computeIfAbsent(list, name -> new LinkedHashMap<>())
            .computeIfAbsent(what, name -> new Tally());
    tally.times++;
    tally.by = operation.text("by");
  }

  private void incident(AuditRow row) {
    incidents
        .addObject()
        .put("row", row.sequence())
        .put("at", row.at().toString())
        .put("kind", row.kind())
        .set("detail", row.detail());
  }

  /** Return everything, as docs/schemas/audit-report.json describes it. */
  public ObjectNode json() {
    ObjectNode json = session.deepCopy();
    json.put("rows", rows).put("first_row", first).put("last_row", last);
    ArrayNode asked = json.putArray("questions");
    questions.values().forEach(asked::add);
    ArrayNode denied = json.putArray("refused");
    refused.values().forEach(denied::add);
    for (String list :
        new String[] {"deleted", "moved", "written", "programs", "connections", "other"}) {
      ArrayNode entries = json.putArray(list);
      done.getOrDefault(list, Map.of())
          .forEach(
              (what, tally) ->
                  entries
                      .addObject()
                      .put("what", what)
                      .put("times", tally.times)
                      .put("by", tally.by));
    }
    json.set("incidents", incidents);
    return json;
  }
}
