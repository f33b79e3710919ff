package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.StoreException;

/** The database cannot be read; the message says why and what to do. */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The runtime form of a failure, for those who can only show it. */
  public UnreadableException(StoreException cause) {
    super(cause.getMessage(), cause);
  }
}
