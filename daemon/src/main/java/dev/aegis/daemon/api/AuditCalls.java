package dev.aegis.daemon.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.daemon.audit.AuditReader;
import dev.aegis.daemon.audit.AuditRow;
import dev.aegis.daemon.audit.AuditVerifier;
import dev.aegis.daemon.store.StoreException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** The calls about the audit log. */
final class AuditCalls {

  private static final String ANCHOR = "[0-9a-f]{16,64}";
  private static final int LARGEST_PAGE = 1_000;

  private final AuditVerifier verifier;
  private final AuditReader reader;

  AuditCalls(AuditVerifier verifier, AuditReader reader) {
    this.verifier = verifier;
    this.reader = reader;
  }

  /* What other sessions did is none of a supervised process's business. */
  Map<String, Call> table() {
    return Map.of(
        "audit.verify", Call.reading(this::verify), "audit.read", Call.changing(this::read));
  }

  private JsonNode verify(Arguments arguments, Caller caller) throws RefusedCall, StoreException {
    Optional<String> anchor = arguments.optionalText("anchor");
    if (anchor.isPresent() && !anchor.get().matches(ANCHOR)) {
      throw new RefusedCall(
          RefusedCall.GENERAL,
          "an anchor is the head of the chain, or its first 16 or more hexadecimal digits; found \""
              + anchor.get()
              + '"');
    }
    AuditVerifier.Report report = verifier.verify(anchor);
    ObjectNode json = Json.object();
    json.put("rows", report.rows());
    json.put("gaps", report.gaps());
    json.put("head", report.head().orElse(null));
    json.put("anchored_row", report.anchored().orElse(null));
    json.set(
        "broken",
        report
            .broken()
            .<JsonNode>map(
                broken -> Json.object().put("row", broken.row()).put("why", broken.why()))
            .orElse(Json.object().nullNode()));
    return json;
  }

  private JsonNode read(Arguments arguments, Caller caller) throws RefusedCall, StoreException {
    AuditReader.Filter filter =
        new AuditReader.Filter(
            arguments.optionalText("session"), arguments.optionalText("kind"), since(arguments));
    int limit = arguments.optionalNumber("limit", 1, LARGEST_PAGE).orElse(500L).intValue();
    AuditReader.Page page =
        arguments.flag("newest")
            ? reader.newest(limit, filter)
            : reader.after(
                arguments.optionalNumber("after", 0, Long.MAX_VALUE).orElse(0L), limit, filter);
    ObjectNode json = Json.object();
    json.set("rows", Json.array(page.rows(), AuditCalls::row));
    json.put("next", page.next().orElse(null));
    return json;
  }

  private static Optional<Instant> since(Arguments arguments) throws RefusedCall {
    Optional<String> text = arguments.optionalText("since");
    try {
      return text.map(Instant::parse);
    } catch (DateTimeParseException e) {
      throw new RefusedCall(
          RefusedCall.GENERAL,
          "audit.read: argument \"since\": expected a time such as 2026-01-31T09:00:00Z, found \""
              + text.get()
              + '"',
          e);
    }
  }

  /* A row that is broken is shown as far as it can be read; audit.verify says what is wrong. */
  private static ObjectNode row(AuditRow row) {
    ObjectNode json = Json.object();
    json.put("seq", row.sequence());
    json.put("at", row.at().toString());
    json.put("kind", row.kind());
    json.put("session", Json.textOrNull(row.session()));
    json.set("detail", detail(row.record()));
    json.put("mac", row.mac());
    return json;
  }

  private static JsonNode detail(String record) {
    try {
      JsonNode detail = Json.MAPPER.readTree(record).path("detail");
      return detail.isObject() ? detail : Json.object();
    } catch (JsonProcessingException e) {
      return Json.object().put("unreadable", record);
    }
  }
}
