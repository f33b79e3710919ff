package dev.aegis.daemon.approvals;

/** What came of taking up a request. */
public enum Attached {
  /** Still pending; the waiter will hear. */
  WAITING,
  /** Decided already; the waiter has heard. */
  SETTLED,
  /** No such request, or not of this process. */
  UNKNOWN
}
