package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.ApprovalState;
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

  /**
   * Tell somebody who waits how a question was decided. A decision that the log does not attest was
   * written by somebody else, and tells the one who waits that it is denied.
   */
  void tell(ApprovalRecords.Stored stored, Waiter waiter) {
    if (stored.attested()) {
      Approval approval = ApprovalRows.approval(stored.row());
      boolean goesOn = approval.state() == ApprovalState.APPROVED;
      waiter.settled(approval, goesOn ? ApprovalRows.terms(stored.row()) : Terms.NOTHING);
    } else {
      distrust(stored.row());
      waiter.settled(ApprovalRows.distrusted(stored.row(), time.now()), Terms.NOTHING);
    }
  }

  /** Record that a row was written by somebody else. */
  void distrust(ApprovalRow row) {
    LOG.error("approval {} is not what the audit log says of it: nothing goes on by it", row.id());
    Completion.of(
        records.distrusted(row, time.now()),
        (line, failure) -> {
          if (failure != null) {
            LOG.error("that cannot be recorded of approval {}", row.id(), failure);
          }
        });
  }

  /** Say that a question stays open for now, when closing it failed. */
  static void stayedOpen(long id, Throwable failure) {
    if (failure != null) {
      LOG.warn("approval {} stays open for now", id, failure);
    }
  }
}
