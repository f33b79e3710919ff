package dev.aegis.daemon.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;

/**
 * One text for one record: keys sorted, no spaces, ASCII only, so that equal records hash equally.
 */
final class CanonicalJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private CanonicalJson() {}

  /**
   * Write a record.
   *
   * @param sequence number of the row
   * @param event already redacted
   */
  static String write(long sequence, AuditEvent event) {
    Map<String, Object> record = new TreeMap<>();
    record.put("seq", sequence);
    record.put("at", event.at().toString());
    record.put("kind", event.kind());
    record.put("session", event.session());
    record.put("detail", event.detail());
    try {
      return JSON.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an event that is no JSON: " + event.kind(), e);
    }
  }
}
