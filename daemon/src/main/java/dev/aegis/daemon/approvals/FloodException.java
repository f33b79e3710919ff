package dev.aegis.daemon.approvals;

/** Too many questions of one session are open. */
public final class FloodException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FloodException(int most) {
    super("more than " + most + " questions of this session are open");
  }
}
