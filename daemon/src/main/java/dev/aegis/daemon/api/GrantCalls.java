package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.GrantDesk;
import dev.aegis.daemon.approvals.GrantEntry;
import java.util.Map;

/** The calls about grants. */
final class GrantCalls {

  private final GrantDesk desk;
  private final Answerer user;

  /**
   * The calls on a desk.
   *
   * @param user the one user who can reach the socket
   */
  GrantCalls(GrantDesk desk, Answerer user) {
    this.desk = desk;
    this.user = user;
  }

  Map<String, Call> table() {
    return Map.of(
        "grants.list",
            Call.reading((arguments, caller) -> Json.array(desk.grants(), GrantCalls::json)),
        "grants.revoke", Call.changing(this::revoke));
  }

  private JsonNode revoke(Arguments arguments, Caller caller) throws RefusedCall {
    long id = arguments.number("id", 1, Long.MAX_VALUE);
    boolean ended =
        Recorded.await(
            desk.revoke(id, user.name()), "the grant covers nothing until the daemon starts again");
    if (!ended) {
      throw new RefusedCall(
          RefusedCall.GENERAL, "no grant in force has the id " + id + "; see aegis grants list");
    }
    return Json.object().put("id", id);
  }

  private static ObjectNode json(GrantEntry grant) {
    ObjectNode json = Json.object();
    json.put("id", grant.id());
    json.put("approval", grant.approval());
    json.put("scope", grant.scope().label());
    json.put("session", grant.session().orElse(null));
    json.put("wrapped", grant.wrapped());
    json.put("command", Json.textOrNull(grant.command()));
    json.put("cwd", Json.textOrNull(grant.cwd()));
    json.put("granted_by", grant.by());
    json.put("granted_at", grant.at().toString());
    json.put("until", Json.time(grant.until()));
    return json;
  }
}
