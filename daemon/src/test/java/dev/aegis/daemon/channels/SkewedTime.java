package dev.aegis.daemon.channels;

import dev.aegis.daemon.approvals.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

/** The clocks of this machine, of which somebody sets the one that people see. */
final class SkewedTime implements Timekeeper {

  private final Timekeeper machine;
  private volatile Duration skew = Duration.ZERO;

  SkewedTime(ScheduledExecutorService scheduler) {
    machine = Timekeeper.system(scheduler);
  }

  void skew(Duration by) {
    skew = by;
  }

  @Override
  public Instant now() {
    return machine.now().plus(skew);
  }

  @Override
  public long monotonicNanos() {
    return machine.monotonicNanos();
  }

  @Override
  public String boot() {
    return machine.boot();
  }

  @Override
  public Alarm after(Duration delay, Runnable action) {
    return machine.after(delay, action);
  }
}
