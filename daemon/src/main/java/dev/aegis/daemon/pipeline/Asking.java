package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.intercept.ProcessView;
import dev.aegis.daemon.intercept.Reply;
import dev.aegis.operation.Operation;
import java.time.Instant;
import java.util.Set;

/**
 * One process that asks about one operation and waits for the reply.
 *
 * @param at when it asked
 * @param outside names in the operation that are not the process's own, which lives in mounts of
 *     its own
 * @param mayWait false while on the selector thread
 */
record Asking(
    SessionContext context,
    ProcessView process,
    Operation operation,
    Reply reply,
    Instant at,
    Set<String> outside,
    boolean mayWait) {

  Asking thatMayWait() {
    return new Asking(context, process, operation, reply, at, outside, true);
  }
}
