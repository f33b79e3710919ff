package dev.aegis.daemon.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.config.Spelling;
import dev.aegis.daemon.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All calls by name, and how each request becomes an answer. */
final class CallTable {

  private static final Logger LOG = LoggerFactory.getLogger(CallTable.class);

  private final Map<String, Call> calls = new TreeMap<>();

  CallTable(List<Map<String, Call>> parts) {
    parts.forEach(calls::putAll);
  }

  /** Answer one line; every failure is an answer too. */
  ObjectNode answer(String line, Guard guard, Caller caller) {
    try {
      JsonNode request = parse(line);
      String name = request.path("call").asText();
      Call call = calls.get(name);
      if (call == null) {
        throw new RefusedCall(RefusedCall.GENERAL, unknown(name));
      }
      if (call.changes()) {
        guard.refuseSupervised(name);
      }
      ObjectNode answer = Json.object().put("ok", true);
      answer.set("result", call.handler().handle(new Arguments(request), caller));
      return answer;
    } catch (RefusedCall e) {
      LOG.debug("refused: {}", e.getMessage(), e);
      return error(e.code(), e.getMessage());
    } catch (StoreException e) {
      LOG.error("the database failed a call: {}", e.getMessage(), e);
      return error(RefusedCall.STATE, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("a call failed unexpectedly", e);
      return error(
          RefusedCall.GENERAL, "the daemon failed unexpectedly (" + e + "); see aegis logs");
    }
  }

  /** Who may change anything. */
  @FunctionalInterface
  interface Guard {
    void refuseSupervised(String call) throws RefusedCall;
  }

  private static JsonNode parse(String line) throws RefusedCall {
    try {
      JsonNode request = Json.MAPPER.readTree(line);
      if (!request.path("call").isTextual()) {
        throw new RefusedCall(
            RefusedCall.GENERAL, "expected an object with \"call\", found: " + line);
      }
      return request;
    } catch (JsonProcessingException e) {
      throw new RefusedCall(
          RefusedCall.GENERAL, "expected one JSON object a line: " + e.getOriginalMessage(), e);
    }
  }

  private String unknown(String name) {
    return "unknown call \"%s\"%s"
        .formatted(
            name,
            Spelling.nearest(name, List.copyOf(calls.keySet()))
                .map(nearest -> ": did you mean \"" + nearest + "\"?")
                .orElse(": expected one of " + String.join(", ", calls.keySet())));
  }

  private static ObjectNode error(int code, String message) {
    ObjectNode answer = Json.object().put("ok", false);
    answer.putObject("error").put("code", code).put("message", message);
    return answer;
  }
}
