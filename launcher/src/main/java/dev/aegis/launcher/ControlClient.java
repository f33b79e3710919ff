package dev.aegis.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.wire.LineReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One connection to the daemon's control socket (docs/wire-protocol.md, part 2). Calls on one
 * connection are answered in turn; use one connection a thread.
 */
public final class ControlClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

  private final SocketChannel channel;
  private final LineReader lines;

  private ControlClient(SocketChannel channel) {
    this.channel = channel;
    this.lines = new LineReader(channel::read, LONGEST_ANSWER);
  }

  /**
   * Connect to a control socket.
   *
   * @throws IOException when nobody listens there
   */
  public static ControlClient connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new ControlClient(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Call without arguments. */
  public JsonNode call(String call) throws ControlException {
    return call(call, Map.of());
  }

  /**
   * Call and wait for the answer.
   *
   * @param call such as {@code approvals.list}
   * @param arguments by name: strings, numbers, booleans, and lists or maps of these
   * @return the result
   * @throws ControlException when the daemon refuses, or is lost
   */
  public synchronized JsonNode call(String call, Map<String, ?> arguments) throws ControlException {
    ObjectNode request = JSON.createObjectNode().put("call", call);
    arguments.forEach((name, value) -> request.set(name, JSON.valueToTree(value)));
    try {
      send(JSON.writeValueAsString(request) + "\n");
      JsonNode answer = read().orElseThrow(() -> lost(call, null));
      if (answer.path("ok").asBoolean()) {
        return answer.path("result");
      }
      JsonNode error = answer.path("error");
      throw new ControlException(
          error.path("code").asInt(ControlException.GENERAL),
          error.path("message").asText("the daemon refused " + call + " without a reason"));
    } catch (IOException e) {
      throw lost(call, e);
    }
  }

  /**
   * Wait for the next event after a {@code session.watch}.
   *
   * @return empty when the connection was closed by either side
   */
  public Optional<JsonNode> nextEvent() throws IOException {
    try {
      return read();
    } catch (ClosedChannelException e) {
      return Optional.empty();
    }
  }

  private static ControlException lost(String call, IOException cause) {
    return new ControlException(
        ControlException.GENERAL,
        "the connection to the daemon was lost during " + call + "; see aegis status",
        cause);
  }

  private void send(String line) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private Optional<JsonNode> read() throws IOException {
    Optional<String> line = lines.next();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(line.get()));
    } catch (JsonProcessingException e) {
      throw new IOException("the daemon's answer is no JSON: " + line.get(), e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
