package dev.aegis.daemon.intercept;

import java.util.TreeSet;

/**
 * Watches that the numbered frames of one process image are all there. Threads send on connections
 * of their own, so numbers may come out of order for a while.
 */
final class SequenceWindow {

  private static final int WIDTH = 1024;

  private final TreeSet<Long> ahead = new TreeSet<>();
  private long complete;

  /**
   * Note a number.
   *
   * @return how many numbers before it are given up as lost, 0 usually
   */
  long note(long sequence) {
    if (Long.compareUnsigned(sequence, complete) <= 0 || !ahead.add(sequence)) {
      return 0;
    }
    advance();
    long lost = 0;
    while (ahead.size() > WIDTH) {
      lost += skipGap();
    }
    return lost;
  }

  /** Return how many numbers are missing for good, and begin again: the image has ended. */
  long close() {
    long lost = 0;
    while (!ahead.isEmpty()) {
      lost += skipGap();
    }
    complete = 0;
    return lost;
  }

  private long skipGap() {
    long missing = ahead.first() - complete - 1;
    complete = ahead.first() - 1;
    advance();
    return missing;
  }

  private void advance() {
    while (!ahead.isEmpty() && ahead.first() == complete + 1) {
      complete = ahead.pollFirst();
    }
  }
}
