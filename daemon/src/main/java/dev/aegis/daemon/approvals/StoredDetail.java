package dev.aegis.daemon.approvals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** What people may want to know of an approval beside its columns, as JSON. */
record StoredDetail(
    String why,
    List<String> warnings,
    List<String> riskReasons,
    List<ApprovalDetail.PlannedStep> plan,
    List<ApprovalDetail.Ancestor> ancestry,
    BlastRadius blastRadius) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  StoredDetail {
    // Rows of earlier versions have none.
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
    riskReasons = List.copyOf(riskReasons);
    plan = List.copyOf(plan);
    ancestry = List.copyOf(ancestry);
  }

  static StoredDetail of(Question question) {
    return new StoredDetail(
        question.why(),
        question.warnings(),
        question.risk().reasons(),
        question.plan(),
        question.ancestry(),
        question.blastRadius());
  }

  static StoredDetail read(String text) {
    return read(text, StoredDetail.class);
  }

  static <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of the database is not as it was written", e);
    }
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value, e);
    }
  }
}
