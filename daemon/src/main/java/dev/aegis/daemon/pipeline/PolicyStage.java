package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.events.EventBus;
import dev.aegis.policy.Decision;

/** The second stage: asks the policy, at once where it can, else where waiting is allowed. */
final class PolicyStage {

  private final EventBus bus;

  PolicyStage(EventBus bus) {
    this.bus = bus;
  }

  void judge(PipelineEvent.Planned planned) {
    Asking asking = planned.plan().asking();
    Decision decision;
    try {
      decision =
          asking
              .context()
              .policy()
              .decide(
                  asking.operation(), asking.process().program(), new SessionSurroundings(asking));
    } catch (WalkNeededException e) {
      asking
          .context()
          .executor()
          .execute(() -> bus.publish(new PipelineEvent.Asked(asking.thatMayWait())));
      return;
    }
    bus.publish(new PipelineEvent.Judged(planned.plan(), decision));
  }
}
