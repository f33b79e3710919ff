package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import java.io.IOException;
import java.util.Map;

/** The daemon's approvals, reached over its control socket. */
final class Approvals {

  private final Caller caller;

  Approvals(Caller caller) {
    this.caller = caller;
  }

  JsonNode list(boolean all) throws ConfigException, ControlException, IOException {
    return call("approvals.list", Map.of("all", all));
  }

  JsonNode history(int limit) throws ConfigException, ControlException, IOException {
    return call("approvals.history", Map.of("limit", limit));
  }

  JsonNode show(long id) throws ConfigException, ControlException, IOException {
    return call("approvals.show", Map.of("id", id));
  }

  /**
   * Answer one.
   *
   * @param arguments {@code id}, {@code decision}, {@code scope}, and perhaps {@code reason}
   */
  JsonNode decide(Map<String, ?> arguments) throws ConfigException, ControlException, IOException {
    return call("approvals.decide", arguments);
  }

  private JsonNode call(String call, Map<String, ?> arguments)
      throws ConfigException, ControlException, IOException {
    try (ControlClient daemon = caller.daemon().connectOrStart()) {
      return daemon.call(call, arguments);
    }
  }
}
