package dev.aegis.daemon.intercept;

import dev.aegis.wire.Frame;
import dev.aegis.wire.FrameEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a reporter. Read by the selector thread alone; written by any thread, at once
 * where the socket takes it, else by the selector thread when it does.
 */
final class ReporterConnection {

  private static final Logger LOG = LoggerFactory.getLogger(ReporterConnection.class);
  private static final int MOST_UNSENT = 262_144;

  private final SocketChannel channel;
  private final Session session;
  private final int pid;
  private final FrameAssembler frames;
  private final long arrivedAt = System.nanoTime();
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private long unsentBytes;
  private boolean closed;
  private int outstanding;
  private volatile SelectionKey key;

  /* Of the selector thread. */
  private Optional<ProcessView> process = Optional.empty();
  private long midFrameSince;
  private boolean counted = true;

  ReporterConnection(SocketChannel channel, Session session, int pid, FrameBudget budget) {
    this.channel = channel;
    this.session = session;
    this.pid = pid;
    this.frames = new FrameAssembler(budget);
  }

  SocketChannel channel() {
    return channel;
  }

  Session session() {
    return session;
  }

  int pid() {
    return pid;
  }

  long arrivedAt() {
    return arrivedAt;
  }

  FrameAssembler frames() {
    return frames;
  }

  Optional<ProcessView> process() {
    return process;
  }

  void identify(ProcessView view) {
    process = Optional.of(view);
  }

  void registered(SelectionKey registration) {
    key = registration;
  }

  long midFrameSince() {
    return midFrameSince;
  }

  void midFrameSince(long nanos) {
    midFrameSince = nanos;
  }

  /** Count a question; false when this connection has too many open. */
  synchronized boolean questionOpened(int most) {
    return ++outstanding <= most;
  }

  synchronized void questionEnded() {
    outstanding--;
  }

  synchronized boolean isOpen() {
    return !closed;
  }

  /** Send a frame; a connection that does not take its answers is closed. */
  synchronized void send(Frame frame) {
    if (closed) {
      return;
    }
    ByteBuffer bytes = FrameEncoder.encode(frame);
    unsent.addLast(bytes);
    unsentBytes += bytes.remaining();
    flush();
    if (unsentBytes > MOST_UNSENT) {
      LOG.info("closing a connection of process {}: it does not read its answers", pid);
      close();
    }
  }

  /** Write what the socket takes now. */
  synchronized void flush() {
    try {
      while (!closed && !unsent.isEmpty()) {
        ByteBuffer first = unsent.getFirst();
        unsentBytes -= channel.write(first);
        if (first.hasRemaining()) {
          break;
        }
        unsent.removeFirst();
      }
      wantWrite(!unsent.isEmpty());
    } catch (IOException e) {
      LOG.debug("process {} is gone before its answer", pid, e);
      close();
    }
  }

  private void wantWrite(boolean want) {
    SelectionKey registration = key;
    if (closed || registration == null || !registration.isValid()) {
      return;
    }
    int interest = SelectionKey.OP_READ | (want ? SelectionKey.OP_WRITE : 0);
    if (registration.interestOps() != interest) {
      registration.interestOps(interest);
      registration.selector().wakeup();
    }
  }

  /** True the first time; of the selector thread. */
  boolean countedOut() {
    boolean first = counted;
    counted = false;
    return first;
  }

  synchronized void close() {
    closed = true;
    unsent.clear();
    unsentBytes = 0;
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a connection of process {}", pid, e);
    }
  }
}
