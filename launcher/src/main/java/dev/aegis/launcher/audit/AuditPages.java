package dev.aegis.launcher.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches the audit log from the daemon, page by page, so that no log is too long. */
public final class AuditPages {

  private static final String CALL = "audit.read";

  private final ControlClient daemon;
  private final Map<String, Object> filter = new HashMap<>();

  /**
   * The rows of a daemon.
   *
   * @param session of this session alone
   * @param kind of this kind or below it
   * @param since of this time or later
   */
  public AuditPages(
      ControlClient daemon,
      Optional<String> session,
      Optional<String> kind,
      Optional<Instant> since) {
    this.daemon = daemon;
    session.ifPresent(id -> filter.put("session", id));
    kind.ifPresent(word -> filter.put("kind", word));
    since.ifPresent(time -> filter.put("since", time.toString()));
  }

  /** Give every row, oldest first. */
  public void forEach(Consumer<AuditRow> consumer) throws ControlException {
    JsonNode next;
    Map<String, Object> arguments = new HashMap<>(filter);
    do {
      JsonNode page = daemon.call(CALL, arguments);
      page.path("rows").forEach(row -> consumer.accept(AuditRow.of(row)));
      next = page.path("next");
      arguments.put("after", next.asLong());
    } while (next.isNumber());
  }

  /** Return the newest rows, oldest of them first. */
  public List<AuditRow> newest(int limit) throws ControlException {
    Map<String, Object> arguments = new HashMap<>(filter);
    arguments.put("newest", true);
    arguments.put("limit", limit);
    List<AuditRow> rows = new ArrayList<>();
    daemon.call(CALL, arguments).path("rows").forEach(row -> rows.add(AuditRow.of(row)));
    return rows;
  }
}
