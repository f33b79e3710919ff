package dev.aegis.daemon.intercept;

import dev.aegis.daemon.approvals.ApprovalEvent;

/** Something that the launcher of a session wants to hear. */
public sealed interface SessionEvent {

  /** An approval of this session was opened, decided or released. */
  record ApprovalChanged(ApprovalEvent event) implements SessionEvent {}

  /**
   * An operation was denied without asking anybody.
   *
   * @param pid of the process that asked
   * @param program real path of its executable
   * @param command one line that says what was denied
   */
  record Denied(int pid, String program, String command, String rule, String reason)
      implements SessionEvent {}

  /** Something else that the user should be told. */
  record Notice(String text) implements SessionEvent {}

  /** The session is closed: nothing follows. */
  record Closed() implements SessionEvent {}
}
