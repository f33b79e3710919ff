package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalEvent;
import dev.aegis.daemon.store.ApprovalState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fifth stage: looks back at how questions were answered. No network, no language model. */
public final class Critic {

  private static final Duration HASTE = Duration.ofSeconds(1);

  private final Map<String, Review> rules = new TreeMap<>();

  Critic() {}

  /**
   * How the questions of one rule were answered since the daemon began.
   *
   * @param hasty approvals given in under a second
   */
  public record Review(String rule, int approved, int denied, int hasty) {}

  void hear(ApprovalEvent event) {
    if (event instanceof ApprovalEvent.Decided decided) {
      note(decided.approval());
    }
  }

  private synchronized void note(Approval approval) {
    boolean approved = approval.state() == ApprovalState.APPROVED;
    boolean denied = approval.state() == ApprovalState.DENIED;
    boolean hasty =
        approved
            && approval
                .decidedAt()
                .filter(at -> Duration.between(approval.requestedAt(), at).compareTo(HASTE) < 0)
                .isPresent();
    rules.merge(
        approval.rule(),
        new Review(approval.rule(), approved ? 1 : 0, denied ? 1 : 0, hasty ? 1 : 0),
        (a, b) ->
            new Review(
                a.rule(),
                a.approved() + b.approved(),
                a.denied() + b.denied(),
                a.hasty() + b.hasty()));
  }

  /** Return what was seen, by rule. */
  public synchronized List<Review> review() {
    return List.copyOf(rules.values());
  }
}
