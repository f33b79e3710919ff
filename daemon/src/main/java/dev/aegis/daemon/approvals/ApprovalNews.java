package dev.aegis.daemon.approvals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody who listens what became of approvals. Thread-safe. */
final class ApprovalNews {

  private static final Logger LOG = LoggerFactory.getLogger(ApprovalNews.class);

  private final List<Consumer<ApprovalEvent>> listeners = new CopyOnWriteArrayList<>();

  Subscription subscribe(Consumer<ApprovalEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void publish(ApprovalEvent event) {
    for (Consumer<ApprovalEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.error("a listener of approvals failed", e);
      }
    }
  }
}
