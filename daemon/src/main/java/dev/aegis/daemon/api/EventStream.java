package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps a slow listener from slowing anybody else: events queue here and a thread of its own
 * writes them. A listener that falls too far behind loses its connection.
 */
final class EventStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final int LONGEST_QUEUE = 1_000;

  private final BlockingQueue<JsonNode> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
  private final LineSink sink;
  private final Thread thread;

  /** Where lines go. */
  interface LineSink {
    void write(JsonNode line) throws IOException;

    void abandon(String why);
  }

  private EventStream(LineSink sink) {
    this.sink = sink;
    this.thread = new Thread(this::run, "aegis-events");
    this.thread.setDaemon(true);
  }

  static EventStream start(LineSink sink) {
    EventStream stream = new EventStream(sink);
    stream.thread.start();
    return stream;
  }

  /** Queue an event; never blocks. */
  void accept(JsonNode event) {
    if (!queue.offer(event)) {
      sink.abandon("it does not read its events");
    }
  }

  private void run() {
    try {
      while (true) {
        sink.write(queue.take());
      }
    } catch (InterruptedException e) {
      LOG.debug("an event stream ended");
    } catch (IOException e) {
      sink.abandon("it went away: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
