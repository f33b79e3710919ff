package dev.aegis.daemon.pipeline;

import java.util.Arrays;

/** The last moments at which something happened, as many as are worth knowing, oldest first. */
final class Moments {

  private static final int FEW = 16;

  private final int most;
  private long[] ring;
  private int oldest;
  private int size;

  /**
   * No moments.
   *
   * @param most how many are worth knowing, at least 1
   */
  Moments(int most) {
    this.most = most;
    ring = new long[Math.min(most, FEW)];
  }

  /**
   * Add one, and forget those that lie longer back than the window.
   *
   * @return how many are left, this one included; never more than are worth knowing
   */
  int add(long now, long window) {
    while (size > 0 && now - ring[oldest] > window) {
      forgetOldest();
    }
    if (size == most) {
      forgetOldest();
    } else if (size == ring.length) {
      grow();
    }
    ring[(oldest + size) % ring.length] = now;
    size++;
    return size;
  }

  private void forgetOldest() {
    oldest = (oldest + 1) % ring.length;
    size--;
  }

  private void grow() {
    long[] wider = Arrays.copyOf(ring, Math.min(most, ring.length * 2));
    for (int i = 0; i < size; i++) {
      wider[i] = ring[(oldest + i) % ring.length];
    }
    ring = wider;
    oldest = 0;
  }
}
