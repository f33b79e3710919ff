package dev.aegis.launcher.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Events of the Open Cybersecurity Schema Framework, version 1.3, with the profile {@code
 * security_control}: operations as activities of files, processes and the network, everything else
 * as the management of an entity.
 */
public final class Ocsf implements ExportFormat {

  private static final int CLASS_FACTOR = 100;
  private static final int DENIED = 2;
  private static final int BLOCKED = 2;
  private static final int ALLOWED = 1;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  private final String version;
  private final String host;

  /**
   * The format for one machine.
   *
   * @param version of Aegis
   * @param host name of this machine
   */
  public Ocsf(String version, String host) {
    this.version = version;
    this.host = host;
  }

  @Override
  public List<String> lines(AuditRow row) {
    return row.single().stream().map(one -> event(one).toString()).toList();
  }

  private ObjectNode event(AuditRow row) {
    OcsfActivity activity = OcsfActivity.of(row);
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("class_uid", activity.classUid());
    event.put("class_name", activity.className());
    event.put("category_uid", activity.categoryUid());
    event.put("category_name", activity.categoryName());
    event.put("activity_id", activity.activity());
    event.put("type_uid", activity.classUid() * CLASS_FACTOR + activity.activity());
    event.put("time", row.at().toEpochMilli());
    event.put("severity_id", severity(row));
    event.put("status_id", row.isDenial() ? FAILURE : SUCCESS);
    event.put("message", message(row));
    if (!activity.name().isEmpty()) {
      event.put("activity_name", activity.name());
    }
    metadata(event, row, activity);
    event.putObject("device").put("hostname", host).put("type_id", 0);
    actor(event, row, activity);
    about(event, row, activity);
    if (activity.isOperation()) {
      event.put("action_id", row.isDenial() ? DENIED : ALLOWED);
      event.put("disposition_id", row.isDenial() ? BLOCKED : ALLOWED);
    }
    ObjectNode unmapped = event.putObject("unmapped");
    unmapped.put("kind", row.kind());
    unmapped.set("detail", row.detail());
    return event;
  }

  /* Informational, or as grave as the risk; what was refused is at least low. */
  private static int severity(AuditRow row) {
    int risk = row.risk().orElse(0);
    int grave = risk >= 80 ? 5 : risk >= 50 ? 4 : risk >= 25 ? 3 : risk > 0 ? 2 : 1;
    return row.isDenial() ? Math.max(2, grave) : grave;
  }

  private static String message(AuditRow row) {
    String reason = row.text("reason").isEmpty() ? "" : ": " + row.text("reason");
    return (row.kind() + " " + row.text("command")).strip() + reason;
  }

  private void metadata(ObjectNode event, AuditRow row, OcsfActivity activity) {
    ObjectNode metadata = event.putObject("metadata");
    metadata.put("version", "1.3.0");
    metadata
        .putObject("product")
        .put("name", "Aegis")
        .put("vendor_name", "Aegis")
        .put("version", version);
    metadata.put("sequence", row.sequence());
    metadata.put("uid", row.json().path("mac").asText());
    metadata.put("event_code", row.kind());
    if (activity.isOperation()) {
      metadata.putArray("profiles").add("host").add("security_control");
    }
  }

  private static void actor(ObjectNode event, AuditRow row, OcsfActivity activity) {
    ObjectNode actor = event.putObject("actor");
    if (activity.isOperation()) {
      ObjectNode process = actor.putObject("process");
      process.put("pid", row.detail().path("pid").asLong());
      process.put("name", name(row.text("program")));
      process
          .putObject("file")
          .put("name", name(row.text("program")))
          .put("type_id", 1)
          .put("path", row.text("program"));
    } else {
      String person = row.text("decided_by").isEmpty() ? row.text("name") : row.text("decided_by");
      actor.putObject("user").put("name", person.isEmpty() ? "aegis" : person);
    }
    if (!row.session().isEmpty()) {
      actor.putObject("session").put("uid", row.session());
    }
  }

  private static void about(ObjectNode event, AuditRow row, OcsfActivity activity) {
    switch (activity.about()) {
      case FILE -> {
        String path = row.text("path").isEmpty() ? row.text("command") : row.text("path");
        event.putObject("file").put("name", name(path)).put("path", path).put("type_id", 0);
      }
      case PROCESS ->
          event
              .putObject("process")
              .put("name", name(row.text("path")))
              .put("cmd_line", row.text("command"))
              .putObject("file")
              .put("name", name(row.text("path")))
              .put("path", row.text("path"))
              .put("type_id", 1);
      case ENDPOINT -> event.putObject("dst_endpoint").put("name", row.text("command"));
      case ENTITY -> {
        String type = row.kind().substring(0, Math.max(0, row.kind().indexOf('.')));
        ObjectNode entity = event.putObject("entity").put("type", type.isEmpty() ? "aegis" : type);
        String id = row.text("id").isEmpty() ? row.session() : row.text("id");
        entity.put("uid", id.isEmpty() ? "aegis" : id);
        entity.put("name", row.kind());
      }
    }
  }

  private static String name(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.isEmpty() ? "unknown" : last;
  }
}
