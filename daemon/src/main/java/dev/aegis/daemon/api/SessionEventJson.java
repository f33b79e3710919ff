package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.daemon.approvals.ApprovalEvent;
import dev.aegis.daemon.intercept.SessionEvent;

/** One line of {@code session.watch}. */
final class SessionEventJson {

  private SessionEventJson() {}

  static ObjectNode of(SessionEvent event) {
    if (event instanceof SessionEvent.ApprovalChanged changed) {
      ObjectNode json = event(name(changed.event()));
      json.set("approval", ApprovalJson.of(changed.event().approval()));
      return json;
    }
    if (event instanceof SessionEvent.Denied denied) {
      return event("denied")
          .put("pid", denied.pid())
          .put("program", denied.program())
          .put("command", denied.command())
          .put("rule", denied.rule())
          .put("reason", denied.reason());
    }
    if (event instanceof SessionEvent.Closed) {
      return event("closed");
    }
    return event("notice").put("text", ((SessionEvent.Notice) event).text());
  }

  private static ObjectNode event(String name) {
    return Json.object().put("event", name);
  }

  private static String name(ApprovalEvent event) {
    if (event instanceof ApprovalEvent.Opened) {
      return "approval.opened";
    }
    if (event instanceof ApprovalEvent.Changed) {
      return "approval.changed";
    }
    return event instanceof ApprovalEvent.Decided ? "approval.decided" : "approval.released";
  }
}
