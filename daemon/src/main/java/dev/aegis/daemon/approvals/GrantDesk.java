package dev.aegis.daemon.approvals;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where people see what they have granted for longer than once, and take it back. Thread-safe. */
public interface GrantDesk {

  /** Return the grants in force that are for more than one operation, oldest first. */
  List<GrantEntry> grants();

  /**
   * End a grant. It covers nothing from the call on.
   *
   * @param by who ends it, as people read it
   * @return completed once that is on the disk; false when there was no such grant in force
   */
  CompletableFuture<Boolean> revoke(long id, String by);
}
