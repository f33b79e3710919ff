package dev.aegis.daemon.audit;

import dev.aegis.daemon.store.Durability;
import java.util.concurrent.CompletableFuture;

/** The append-only, hash-chained record of everything that was decided. */
public interface AuditLog {

  /**
   * Append one event.
   *
   * @return completed with the number of the row once it is as durable as asked
   */
  CompletableFuture<Long> append(AuditEvent event, Durability durability);
}
