package dev.aegis.daemon.intercept;

import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.CoverageReason;
import dev.aegis.operation.DeclaredCoverage;
import dev.aegis.wire.Frame;
import dev.aegis.wire.Front;
import dev.aegis.wire.MalformedFrameException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what each frame means: to the tree of its session, or to the desk. */
final class FrameDispatch {

  private static final Logger LOG = LoggerFactory.getLogger(FrameDispatch.class);

  private final OperationDesk desk;
  private final int questions;
  private List<Runnable> waiting = new ArrayList<>();

  /**
   * A dispatch.
   *
   * @param questions that one connection may have open at once
   */
  FrameDispatch(OperationDesk desk, int questions) {
    this.desk = desk;
    this.questions = questions;
  }

  /**
   * Find out who connected.
   *
   * @return false when nobody that belongs here
   */
  boolean meet(ReporterConnection connection) {
    Session session = connection.session();
    ProcessTree tree = session.tree().orElseThrow();
    Optional<ProcessTree.Meeting> meeting = tree.meet(connection.pid());
    if (meeting.isEmpty()) {
      // Gone already; what it reported of its children is true all the same.
      if (tree.speaker(connection.pid()).isPresent()) {
        return true;
      }
      desk.suspicious(session, connection.pid(), "connected and does not belong to the session");
      return false;
    }
    ProcessView process = meeting.get().process();
    connection.identify(process);
    if (meeting.get().lost() > 0) {
      desk.lost(session, process, meeting.get().lost());
    }
    if (meeting.get().escaped()) {
      desk.escaped(session, process);
    }
    return true;
  }

  /**
   * Take in bytes.
   *
   * @return false when the connection must be closed
   */
  boolean take(ReporterConnection connection, ByteBuffer bytes) {
    List<Frame> frames;
    try {
      frames = connection.frames().take(bytes);
    } catch (MalformedFrameException | FrameAssembler.OutOfMemoryBudgetException e) {
      LOG.info("closing a connection of process {}: {}", connection.pid(), e.getMessage());
      desk.suspicious(
          connection.session(), connection.pid(), "sent a frame that is " + e.getMessage());
      return false;
    }
    for (Frame frame : frames) {
      if (!take(connection, frame)) {
        return false;
      }
    }
    return true;
  }

  private boolean take(ReporterConnection connection, Frame frame) {
    Session session = connection.session();
    ProcessTree tree = session.tree().orElseThrow();
    if (connection.process().isEmpty()) {
      return takeLate(session, tree, connection.pid(), frame);
    }
    ProcessKey key = connection.process().get().key();
    ProcessView process = tree.find(key).orElse(connection.process().get());
    if (frame instanceof Frame.Hello hello) {
      return hello(session, tree, process, hello);
    }
    if (frame instanceof Frame.Forked forked) {
      if (!tree.forked(key, forked.child(), false)) {
        desk.suspicious(session, key.pid(), "claims " + forked.child() + " as its child");
      }
      return true;
    }
    if (frame instanceof Frame.Ask ask) {
      note(session, tree, process, ask.sequence());
      if (!connection.questionOpened(questions)) {
        desk.suspicious(session, key.pid(), "asks without waiting for answers");
        return false;
      }
      FrameReply reply = new FrameReply(connection, ask.transaction());
      waiting.add(
          () -> {
            if (reply.isOpen()) {
              desk.asked(session, process, ask.operation(), ask.fresh(), reply);
            }
          });
      return true;
    }
    if (frame instanceof Frame.Report report) {
      note(session, tree, process, report.sequence());
      desk.reported(session, process, report.operation());
      return true;
    }
    if (frame instanceof Frame.Refused refused) {
      note(session, tree, process, refused.sequence());
      if (!connection.questionOpened(questions)) {
        desk.suspicious(session, key.pid(), "refuses without waiting for answers");
        return false;
      }
      desk.refused(
          session,
          process,
          refused.operation(),
          new OperationDesk.Refusal(refused.rule(), refused.reason()),
          new FrameReply(connection, refused.transaction()));
      return true;
    }
    if (frame instanceof Frame.Attach attach) {
      if (!connection.questionOpened(questions)) {
        return false;
      }
      desk.attached(
          session, process, attach.request(), new FrameReply(connection, attach.transaction()));
      return true;
    }
    if (frame instanceof Frame.Released released) {
      desk.released(session, process, released.request());
      return true;
    }
    if (frame instanceof Frame.Counts counts) {
      desk.counted(session, process, counts.byKind());
      return true;
    }
    desk.suspicious(session, key.pid(), "sent an answer");
    return false;
  }

  /* Of a process that is gone: what it has done is as true as before, and its parent's if nobody met it. */
  private boolean takeLate(Session session, ProcessTree tree, int pid, Frame frame) {
    Optional<ProcessKey> speaker = tree.speaker(pid);
    if (frame instanceof Frame.Forked forked) {
      speaker.ifPresent(parent -> tree.forked(parent, forked.child(), true));
      return true;
    }
    if (frame instanceof Frame.Report report) {
      speaker
          .flatMap(tree::find)
          .ifPresent(process -> reportedLate(session, tree, pid, process, report));
      return true;
    }
    return frame instanceof Frame.Hello;
  }

  private void reportedLate(
      Session session, ProcessTree tree, int pid, ProcessView process, Frame.Report report) {
    if (process.key().pid() == pid) {
      note(session, tree, process, report.sequence());
    }
    desk.reported(session, process, report.operation());
  }

  boolean hasQuestions() {
    return !waiting.isEmpty();
  }

  /** Return the questions that were taken in and not yet put to the desk, and forget them. */
  List<Runnable> questions() {
    List<Runnable> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  private boolean hello(Session session, ProcessTree tree, ProcessView process, Frame.Hello hello) {
    if ((hello.front() == Front.GATE) != tree.isGate(process.key())) {
      desk.suspicious(session, process.key().pid(), "says it is the gate, or hides that it is");
      return false;
    }
    CoverageReason reason =
        hello.coverageReason().stream()
            .mapToObj(CoverageReason::ofCode)
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(process.coverageReason());
    tree.declare(process.key(), new DeclaredCoverage(hello.coverage(), reason));
    return true;
  }

  private void note(Session session, ProcessTree tree, ProcessView process, long sequence) {
    long lost = tree.note(process.key(), sequence);
    if (lost > 0) {
      desk.lost(session, process, lost);
    }
  }

  /** Tell the desk that a connection is gone. */
  void gone(ReporterConnection connection) {
    connection.process().ifPresent(process -> desk.disconnected(connection.session(), process));
  }
}
