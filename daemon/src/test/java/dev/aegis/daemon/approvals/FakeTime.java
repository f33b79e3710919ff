package dev.aegis.daemon.approvals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Clocks that go on when the test says so. */
public final class FakeTime implements Timekeeper {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private final List<Pending> alarms = new ArrayList<>();
  private long nanos = 1_000_000_000_000L;
  private String boot = "boot-1";
  private Duration skew = Duration.ZERO;

  private record Pending(long at, Runnable action) {}

  @Override
  public synchronized Instant now() {
    return NOON.plusNanos(nanos).plus(skew);
  }

  @Override
  public synchronized long monotonicNanos() {
    return nanos;
  }

  @Override
  public synchronized String boot() {
    return boot;
  }

  /** Set the clock that people see; the other one goes on. */
  public synchronized void skew(Duration by) {
    skew = skew.plus(by);
  }

  synchronized void reboot() {
    boot = "boot-2";
  }

  @Override
  public synchronized Alarm after(Duration delay, Runnable action) {
    Pending pending = new Pending(nanos + delay.toNanos(), action);
    alarms.add(pending);
    return () -> {
      synchronized (this) {
        alarms.remove(pending);
      }
    };
  }

  /** A daemon that dies takes its alarms with it. */
  synchronized void forgetAlarms() {
    alarms.clear();
  }

  /** Let time pass, and what is due happen. */
  public void pass(Duration time) {
    List<Pending> due;
    synchronized (this) {
      nanos += time.toNanos();
      due = alarms.stream().filter(alarm -> alarm.at() <= nanos).toList();
      alarms.removeAll(due);
    }
    due.forEach(alarm -> alarm.action().run());
  }
}
