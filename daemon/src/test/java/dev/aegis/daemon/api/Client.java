package dev.aegis.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.wire.LineReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client of the control socket that reads and writes lines. */
final class Client implements AutoCloseable {
  private final SocketChannel channel;
  private final LineReader lines;

  Client(Path socket) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    lines = new LineReader(channel::read, 1 << 20);
  }

  void send(String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  boolean sendUntilRefused(String chunk, int most) {
    try {
      for (int i = 0; i < most; i++) {
        send(chunk);
      }
      return lines.next().isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  String next() throws IOException {
    return lines.next().orElseThrow();
  }

  JsonNode call(String line) throws IOException {
    send(line + "\n");
    return Json.MAPPER.readTree(next());
  }

  JsonNode result(String line) throws IOException {
    JsonNode answer = call(line);
    assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
    return answer.path("result");
  }

  JsonNode error(String line) throws IOException {
    JsonNode answer = call(line);
    assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isFalse();
    return answer.path("error");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
