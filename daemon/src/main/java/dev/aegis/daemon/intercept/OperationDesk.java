package dev.aegis.daemon.intercept;

import dev.aegis.operation.Operation;
import java.util.List;

/**
 * Where the intake brings what reporters say. Called on the selector thread: nothing here may wait
 * for the database or walk a file system.
 */
public interface OperationDesk {

  /** A process asks whether it may do something. */
  void asked(Session session, ProcessView process, Operation operation, boolean fresh, Reply reply);

  /** A process did something that it could allow by itself. */
  void reported(Session session, ProcessView process, Operation operation);

  /**
   * Why a reporter refuses an operation by itself.
   *
   * @param rule that is built into it
   * @param reason one line for a person
   */
  record Refusal(String rule, String reason) {}

  /** A process refuses something by itself, and waits until that is recorded. */
  void refused(
      Session session, ProcessView process, Operation operation, Refusal refusal, Reply reply);

  /** A process takes up a held request. */
  void attached(Session session, ProcessView process, long request, Reply reply);

  /** A process carries out an approved operation. */
  void released(Session session, ProcessView process, long request);

  /** A process tells how often it allowed what by itself, by kind. */
  void counted(Session session, ProcessView process, List<Long> byKind);

  /** A connection of a process is gone; the process may or may not be. */
  void disconnected(Session session, ProcessView process);

  /** A process was found to run another program than was decided. */
  void escaped(Session session, ProcessView process);

  /** Numbered frames of a process never came. */
  void lost(Session session, ProcessView process, long frames);

  /**
   * Somebody did what no honest reporter does.
   *
   * @param pid as the kernel says
   */
  void suspicious(Session session, int pid, String what);
}
