package dev.aegis.daemon.approvals;

import dev.aegis.operation.Risk;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a question that nobody answers. */
final class Expiry {

  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

  private final PendingTable table;
  private final Timekeeper time;
  private final Settlement settlement;
  private final BooleanSupplier silenceApproves;

  Expiry(Workplace place, Settlement settlement, BooleanSupplier silenceApproves) {
    this.table = place.table();
    this.time = place.time();
    this.settlement = settlement;
    this.silenceApproves = silenceApproves;
  }

  /** Settle an entry without an answer at a monotonic time in nanoseconds. */
  void at(PendingApproval entry, long deadline) {
    Duration left = Duration.ofNanos(Math.max(0, deadline - time.monotonicNanos()));
    entry.wake(time.after(left, () -> expire(entry.id())));
  }

  private void expire(long id) {
    Completion.of(
        settlement.settle(id, Ending.silence(silenceApproves.getAsBoolean() && mayPass(id))),
        (outcome, failure) -> {
          if (failure != null) {
            LOG.error("approval {} cannot be closed and is tried again", id, failure);
            time.after(Duration.ofSeconds(1), () -> expire(id));
          }
        });
  }

  private boolean mayPass(long id) {
    PendingApproval entry = table.get(id);
    return entry != null
        && entry.denialAnnouncedBy().isEmpty()
        && new Risk(entry.row().risk(), List.of()).tier().compareTo(Risk.Tier.HIGH) < 0;
  }
}
