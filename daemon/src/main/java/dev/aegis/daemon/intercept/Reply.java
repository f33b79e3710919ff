package dev.aegis.daemon.intercept;

import java.util.Optional;
import java.util.OptionalLong;

/** The way back to one reporter that asked one question. Thread-safe; the first end counts. */
public interface Reply {

  /** Let the operation go on. */
  void allow(OptionalLong request);

  /** Refuse the operation. */
  void deny(Denial denial);

  /** Tell a process that asked about a program to become the gate and wait there. */
  void becomeGate(long request);

  /** Tell the reporter to keep waiting. */
  void hold(long request);

  /** Tell whether the reporter can still be reached this way. */
  boolean isOpen();

  /**
   * Why an operation is refused.
   *
   * @param tell true when the reporter may print the reason
   */
  record Denial(String rule, String reason, boolean tell, Optional<Integer> errno) {}
}
