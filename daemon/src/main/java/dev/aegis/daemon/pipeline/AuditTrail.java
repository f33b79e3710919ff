package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.audit.AuditEvent;
import dev.aegis.daemon.audit.AuditLog;
import dev.aegis.daemon.intercept.ProcessView;
import dev.aegis.daemon.store.Durability;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.FileAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the pipeline writes to the audit log: denials one by one before they are answered; allowed
 * operations, and denials of which there are dozens, in batches that trail by less than 100 ms.
 * Thread-safe.
 */
final class AuditTrail {

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final int MOST_IN_BATCH = 256;
  private static final int MOST_WAITING = 200;

  private final AuditLog audit;
  private final Map<Batch, List<Map<String, Object>>> batches = new ConcurrentHashMap<>();
  private final Executor batchWriter;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean healthy = true;

  private record Batch(String kind, String session) {}

  /**
   * A trail.
   *
   * @param batchWriter where batches are made into records, which takes longer than an answer may
   */
  AuditTrail(AuditLog audit, Executor batchWriter) {
    this.audit = audit;
    this.batchWriter = batchWriter;
  }

  /**
   * Tell whether records may trail: the last one could be written and few wait. While not, nothing
   * goes on before its record is there.
   */
  boolean mayTrail() {
    return healthy && waiting.get() < MOST_WAITING;
  }

  /** Write one event; completed once it is as durable as asked. */
  CompletableFuture<Long> write(
      String kind, String session, Map<String, Object> detail, Durability durability) {
    return audit
        .append(new AuditEvent(Instant.now(), kind, session, detail), durability)
        .whenComplete(
            (row, failure) -> {
              if (failure != null && healthy) {
                LOG.error("the audit log cannot be written: nothing goes on unrecorded", failure);
              }
              healthy = failure == null;
            });
  }

  /** Write one event that nobody waits for. */
  void note(String kind, String session, Map<String, Object> detail) {
    CompletableFuture<Long> unused = write(kind, session, detail, Durability.TRAILING);
  }

  /** Add an operation that goes on to the batch of its session. */
  void allowed(String session, Map<String, Object> entry) {
    add(new Batch("operations.allowed", session), entry);
  }

  /** Add an operation that does not go on, one of many alike, to the batch of its session. */
  void denied(String session, Map<String, Object> entry) {
    add(new Batch("operations.denied", session), entry);
  }

  private void add(Batch to, Map<String, Object> entry) {
    List<Map<String, Object>> full = new ArrayList<>();
    batches.compute(
        to,
        (key, batch) -> {
          List<Map<String, Object>> next = batch == null ? new ArrayList<>() : batch;
          next.add(entry);
          if (next.size() < MOST_IN_BATCH) {
            return next;
          }
          full.addAll(next);
          return null;
        });
    if (!full.isEmpty()) {
      noteBatch(to, full);
    }
  }

  /** Write all batches. Call every few hundredths of a second. */
  void flush() {
    for (Batch key : List.copyOf(batches.keySet())) {
      List<Map<String, Object>> batch = batches.remove(key);
      if (batch != null) {
        noteBatch(key, batch);
      }
    }
  }

  private void noteBatch(Batch key, List<Map<String, Object>> batch) {
    waiting.incrementAndGet();
    batchWriter.execute(
        () -> {
          try {
            note(key.kind(), key.session(), Map.of("operations", List.copyOf(batch)));
          } finally {
            waiting.decrementAndGet();
          }
        });
  }

  static Map<String, Object> describe(Plan plan) {
    Map<String, Object> detail = describe(plan.asking().process());
    detail.put("tool", plan.asking().operation().kind().tool());
    detail.put("command", plan.command());
    if (!plan.path().isEmpty()) {
      detail.put("path", plan.path());
    }
    if (!plan.cwd().isEmpty()) {
      detail.put("cwd", plan.cwd());
    }
    return detail;
  }

  static Map<String, Object> describe(ProcessView process, Operation operation) {
    Map<String, Object> detail = describe(process);
    detail.put("tool", operation.kind().tool());
    detail.put("command", Sentences.of(operation));
    if (operation instanceof FileAccess access) {
      detail.put("path", access.path());
    }
    return detail;
  }

  static Map<String, Object> describe(ProcessView process) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("pid", process.key().pid());
    detail.put("program", process.program());
    detail.put("coverage", process.coverage().label());
    return detail;
  }
}
