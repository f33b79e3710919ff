package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.daemon.audit.AuditVerifier;
import dev.aegis.daemon.store.StoreException;
import java.util.Map;

/** The calls about the audit log. */
final class AuditCalls {

  private final AuditVerifier verifier;

  AuditCalls(AuditVerifier verifier) {
    this.verifier = verifier;
  }

  Map<String, Call> table() {
    return Map.of("audit.verify", Call.reading(this::verify));
  }

  private JsonNode verify(Arguments arguments, Caller caller) throws StoreException {
    AuditVerifier.Report report = verifier.verify();
    ObjectNode json = Json.object();
    json.put("rows", report.rows());
    json.put("gaps", report.gaps());
    json.put("head", report.head().orElse(null));
    json.set(
        "broken",
        report
            .broken()
            .<JsonNode>map(
                broken -> Json.object().put("row", broken.row()).put("why", broken.why()))
            .orElse(Json.object().nullNode()));
    return json;
  }
}
