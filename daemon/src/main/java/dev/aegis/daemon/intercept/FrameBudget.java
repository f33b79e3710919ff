package dev.aegis.daemon.intercept;

/** The memory that frames under way may take in total; used by the selector thread alone. */
final class FrameBudget {

  private final long most;
  private long taken;

  /**
   * A budget.
   *
   * @param most bytes over all connections
   */
  FrameBudget(long most) {
    this.most = most;
  }

  boolean take(long bytes) {
    if (taken + bytes > most) {
      return false;
    }
    taken += bytes;
    return true;
  }

  void giveBack(long bytes) {
    taken -= bytes;
  }
}
