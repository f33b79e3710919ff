package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.ConfigException;
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
    return caller.ask("approvals.list", Map.of("all", all));
  }

  JsonNode history(int limit) throws ConfigException, ControlException, IOException {
    return caller.ask("approvals.history", Map.of("limit", limit));
  }

  JsonNode show(long id) throws ConfigException, ControlException, IOException {
    return caller.ask("approvals.show", Map.of("id", id));
  }

  /**
   * Answer one.
   *
   * @param arguments {@code id}, {@code decision}, {@code scope}, and perhaps {@code reason}
   */
  JsonNode decide(Map<String, ?> arguments) throws ConfigException, ControlException, IOException {
    return caller.ask("approvals.decide", arguments);
  }
}
