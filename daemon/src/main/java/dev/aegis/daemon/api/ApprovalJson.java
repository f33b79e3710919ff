package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDetail;
import dev.aegis.daemon.approvals.Scope;

/** An approval as docs/schemas/approval.json describes it. */
final class ApprovalJson {

  private ApprovalJson() {}

  static ObjectNode of(Approval approval) {
    ObjectNode json = Json.object();
    json.put("id", approval.id());
    json.put("state", approval.state().label());
    json.put("session", approval.session());
    json.put("wrapped", approval.wrapped());
    json.put("tool", approval.tool());
    json.put("command", Json.textOrNull(approval.command()));
    json.put("path", Json.textOrNull(approval.path()));
    json.put("cwd", Json.textOrNull(approval.cwd()));
    json.set("categories", Json.texts(approval.categories()));
    json.put("rule", approval.rule());
    json.put("risk", approval.risk());
    json.put("tier", approval.tier());
    json.put("blast_radius", Json.textOrNull(approval.blastRadius().text()));
    json.put("coverage", Json.textOrNull(approval.coverage()));
    json.put("requested_at", approval.requestedAt().toString());
    json.put("expires_at", approval.expiresAt().toString());
    json.put("decided_at", Json.time(approval.decidedAt()));
    json.put("decided_by", approval.decidedBy().orElse(null));
    json.put("channel", approval.channel().orElse(null));
    json.put("scope", approval.scope().map(Scope::label).orElse(null));
    json.put("until", Json.time(approval.until()));
    json.put("reason", approval.reason().orElse(null));
    json.put("released_at", Json.time(approval.releasedAt()));
    return json;
  }

  static ObjectNode of(ApprovalDetail detail) {
    ObjectNode json = of(detail.approval());
    json.put("why", detail.why());
    json.set("warnings", Json.texts(detail.warnings()));
    json.set("risk_reasons", Json.texts(detail.riskReasons()));
    json.set("plan", Json.array(detail.plan(), ApprovalJson::step));
    json.set("ancestry", Json.array(detail.ancestry(), ApprovalJson::ancestor));
    json.set("approved_by", Json.texts(detail.approvedBy()));
    json.put("waiting", detail.waiting());
    json.put("alike", detail.alike());
    return json;
  }

  private static ObjectNode step(ApprovalDetail.PlannedStep step) {
    ObjectNode json = Json.object();
    json.put("text", step.text());
    json.put("verdict", step.verdict());
    json.put("rule", step.rule());
    json.put("reason", step.reason());
    json.put("risk", step.risk());
    json.set("categories", Json.texts(step.categories()));
    return json;
  }

  private static ObjectNode ancestor(ApprovalDetail.Ancestor ancestor) {
    return Json.object()
        .put("pid", ancestor.pid())
        .put("program", ancestor.program())
        .put("command", ancestor.command());
  }
}
