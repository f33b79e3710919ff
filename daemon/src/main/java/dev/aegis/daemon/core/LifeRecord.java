package dev.aegis.daemon.core;

import dev.aegis.daemon.audit.AuditEvent;
import dev.aegis.daemon.audit.AuditLog;
import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.Queries;
import dev.aegis.daemon.store.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * The start and the end of this daemon in the audit log. A daemon that started and never ended in
 * order may have lost the last records that nobody waited for: that gap is made visible.
 */
final class LifeRecord implements AutoCloseable {

  private static final String STARTED = "daemon.started";
  private static final String STOPPED = "daemon.stopped";

  private final AuditLog audit;

  private LifeRecord(AuditLog audit) {
    this.audit = audit;
  }

  /** Record the start, and a gap when the daemon before did not end in order. */
  static LifeRecord open(AuditLog audit, Queries queries, String version) throws StoreException {
    LifeRecord record = new LifeRecord(audit);
    Optional<String> last = last(queries);
    if (last.filter(STARTED::equals).isPresent()) {
      record.append(
          "records.lost",
          Map.of(
              "why",
              "the daemon before was killed: records of its last 100 ms that nobody waited for may be missing"));
    }
    record.append(STARTED, Map.of("version", version, "pid", ProcessHandle.current().pid()));
    return record;
  }

  private static Optional<String> last(Queries queries) throws StoreException {
    return queries.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT kind FROM audit WHERE kind IN (?, ?) ORDER BY seq DESC LIMIT 1")) {
            select.setString(1, STARTED);
            select.setString(2, STOPPED);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
          }
        });
  }

  private void append(String kind, Map<String, Object> detail) throws StoreException {
    try {
      audit.append(new AuditEvent(Instant.now(), kind, "", detail), Durability.SYNCED).get();
    } catch (ExecutionException e) {
      throw new StoreException("the audit log cannot be written: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the audit log was written", e);
    }
  }

  @Override
  public void close() throws StoreException {
    append(STOPPED, Map.of("pid", ProcessHandle.current().pid()));
  }
}
