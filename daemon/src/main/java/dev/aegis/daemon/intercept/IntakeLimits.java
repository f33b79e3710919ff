package dev.aegis.daemon.intercept;

import java.time.Duration;

/**
 * How much one daemon takes from reporters before it closes connections.
 *
 * @param connections open at once, over all sessions
 * @param connectionsOfProcess open at once from one process
 * @param questions open at once on one connection
 * @param memory bytes of incomplete frames, over all connections
 * @param frameTime how long a frame that has begun may take
 */
public record IntakeLimits(
    int connections, int connectionsOfProcess, int questions, long memory, Duration frameTime) {

  /** What a machine of a developer bears easily. */
  public static final IntakeLimits STANDARD =
      new IntakeLimits(16_384, 256, 256, 128L << 20, Duration.ofSeconds(10));
}
