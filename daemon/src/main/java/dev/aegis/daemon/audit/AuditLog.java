package dev.aegis.daemon.audit;

import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.Journal.Change;
import java.util.concurrent.CompletableFuture;

/** The append-only, hash-chained record of everything that was decided. */
public interface AuditLog {

  /**
   * Append one event.
   *
   * @return completed with the number of the row once it is as durable as asked
   */
  CompletableFuture<Long> append(AuditEvent event, Durability durability);

  /**
   * Make the change that appends an event, for those who must record it in one transaction with
   * something else; it gives the number of the row.
   */
  Change<Long> change(AuditEvent event);
}
