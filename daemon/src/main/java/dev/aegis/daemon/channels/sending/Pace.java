package dev.aegis.daemon.channels.sending;

import java.time.Duration;

/**
 * How often a chat may be written to: a few messages at once, then one a second, in a group one
 * every three seconds. Guarded by its owner.
 */
final class Pace {

  private static final Duration PRIVATE = Duration.ofSeconds(1);
  private static final Duration GROUP = Duration.ofSeconds(3);
  private static final int BURST = 5;

  private final long interval;
  private long emptyAt = System.nanoTime();

  private Pace(Duration interval) {
    this.interval = interval.toNanos();
  }

  static Pace of(long chat) {
    return new Pace(chat < 0 ? GROUP : PRIVATE);
  }

  synchronized void took() {
    long now = System.nanoTime();
    emptyAt = (emptyAt - now < 0 ? now : emptyAt) + interval;
  }

  synchronized Duration untilFree() {
    long ahead = emptyAt - System.nanoTime() - (BURST - 1) * interval;
    return Duration.ofNanos(Math.max(0, ahead));
  }
}
