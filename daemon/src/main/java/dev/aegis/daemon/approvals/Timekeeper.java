package dev.aegis.daemon.approvals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The clocks of approvals: one for people, and one that never jumps. */
public interface Timekeeper {

  /** Return the time that people see. */
  Instant now();

  /** Return nanoseconds on a clock that all daemons of one boot share and nothing sets. */
  long monotonicNanos();

  /** Name the boot in which {@link #monotonicNanos} means something. */
  String boot();

  /** Run something later, on a thread that may not be blocked for long. */
  Alarm after(Duration delay, Runnable action);

  /** Something that will happen unless it is called off. */
  @FunctionalInterface
  interface Alarm {
    /** Call it off, if it has not happened yet. */
    void cancel();
  }

  /** The clocks of this machine. */
  static Timekeeper system(ScheduledExecutorService scheduler) {
    String boot;
    try {
      boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim();
    } catch (IOException e) {
      throw new UncheckedIOException("the kernel does not name this boot", e);
    }
    return new Timekeeper() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      /* On Linux this is CLOCK_MONOTONIC, whose zero is the boot and not the start of Java. */
      @Override
      public long monotonicNanos() {
        return System.nanoTime();
      }

      @Override
      public String boot() {
        return boot;
      }

      @Override
      public Alarm after(Duration delay, Runnable action) {
        var scheduled = scheduler.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
      }
    };
  }
}
