package dev.aegis.daemon.approvals;

import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the parts of the book share.
 *
 * @param workers where answers are told and files are looked at
 */
record Workplace(
    PendingTable table,
    ApprovalRecords records,
    ApprovalNews news,
    Timekeeper time,
    Executor workers) {

  private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);

  /** Tell everybody who listens, elsewhere. */
  void tell(ApprovalEvent event) {
    workers.execute(() -> news.publish(event));
  }

  /** Say that a question stays open for now, when closing it failed. */
  static void stayedOpen(long id, Throwable failure) {
    if (failure != null) {
      LOG.warn("approval {} stays open for now", id, failure);
    }
  }
}
