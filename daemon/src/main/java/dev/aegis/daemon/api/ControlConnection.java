package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.daemon.approvals.Subscription;
import dev.aegis.daemon.intercept.PeerCredentials;
import dev.aegis.wire.LineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of the control socket; its calls are answered in turn, on its own thread. */
final class ControlConnection implements Caller, EventStream.LineSink {

  private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);
  private static final int LONGEST_LINE = 1024 * 1024;

  private final SocketChannel channel;
  private final PeerCredentials peer;
  private final CallTable calls;
  private final CallTable.Guard guard;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final Deque<Runnable> afterAnswer = new ArrayDeque<>();
  private final Object writing = new Object();
  private EventStream events;

  ControlConnection(
      SocketChannel channel, PeerCredentials peer, CallTable calls, CallTable.Guard guard) {
    this.channel = channel;
    this.peer = peer;
    this.calls = calls;
    this.guard = guard;
  }

  /** Answer until the client is gone. */
  void serve() {
    try (channel) {
      LineReader lines = new LineReader(channel::read, LONGEST_LINE);
      Optional<String> line = lines.next();
      while (line.isPresent()) {
        write(calls.answer(line.get(), guard, this));
        while (!afterAnswer.isEmpty()) {
          afterAnswer.pop().run();
        }
        line = lines.next();
      }
    } catch (IOException e) {
      LOG.debug("lost the client with pid {}: {}", peer.pid(), e.getMessage());
    } finally {
      subscriptions.forEach(Subscription::close);
      if (events != null) {
        events.close();
      }
    }
  }

  @Override
  public PeerCredentials peer() {
    return peer;
  }

  @Override
  public Consumer<JsonNode> events() {
    if (events == null) {
      events = EventStream.start(this);
    }
    return events::accept;
  }

  @Override
  public void keep(Subscription subscription) {
    subscriptions.add(subscription);
  }

  @Override
  public void afterAnswer(Runnable action) {
    afterAnswer.add(action);
  }

  @Override
  public void write(JsonNode line) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
    synchronized (writing) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  @Override
  public void abandon(String why) {
    LOG.warn("closing the connection of pid {}: {}", peer.pid(), why);
    close();
  }

  /** End the connection from outside. */
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a connection of pid {}: {}", peer.pid(), e.getMessage());
    }
  }
}
