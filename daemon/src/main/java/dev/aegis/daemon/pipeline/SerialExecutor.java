package dev.aegis.daemon.pipeline;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the work of one session in order, on threads that it shares with others. */
final class SerialExecutor implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

  private final Executor shared;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  SerialExecutor(Executor shared) {
    this.shared = shared;
  }

  @Override
  public void execute(Runnable work) {
    synchronized (this) {
      waiting.add(work);
      if (running) {
        return;
      }
      running = true;
    }
    shared.execute(this::runNext);
  }

  private void runNext() {
    Runnable work;
    synchronized (this) {
      work = waiting.remove();
    }
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("work of a session failed", e);
    }
    synchronized (this) {
      if (waiting.isEmpty()) {
        running = false;
        return;
      }
    }
    // Others have their turn between two pieces of one session's work.
    shared.execute(this::runNext);
  }
}
