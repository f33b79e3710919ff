package dev.aegis.launcher;

import dev.aegis.wire.Answer;
import dev.aegis.wire.Frame;
import dev.aegis.wire.FrameDecoder;
import dev.aegis.wire.FrameEncoder;
import dev.aegis.wire.MalformedFrameException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The reporters' side of a session in which everything is allowed. */
final class FakeReporterServer implements AutoCloseable {

  private static final int PAGE_SIZE = 8192;

  private final ServerSocketChannel server;

  /** Offers the session in a directory: its page and its socket. */
  FakeReporterServer(Path session, Path home) throws IOException {
    Path socket = session.resolve("reporter.sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    ByteBuffer page = ByteBuffer.allocate(PAGE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    page.put("AEGISPG1".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(1);
    put(page, 24, "s1");
    put(page, 56, socket.toString());
    put(page, 256, home.toString());
    put(page, 1280, home.resolve("run").toString());
    put(page, 4352, home.toString());
    Files.write(session.resolve("page"), page.array());
    FakeControl.background(this::accept);
  }

  private static void put(ByteBuffer page, int offset, String text) {
    page.put(offset, text.getBytes(StandardCharsets.UTF_8));
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        FakeControl.background(() -> serve(connection));
      }
    } catch (ClosedChannelException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(SocketChannel connection) {
    try (connection) {
      for (Frame frame = read(connection); frame != null; frame = read(connection)) {
        if (frame instanceof Frame.Ask ask) {
          connection.write(FrameEncoder.encode(allow(ask.transaction())));
        }
      }
    } catch (IOException e) {
      // The reporter ended in the middle of a frame, as processes do.
      return;
    } catch (MalformedFrameException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Frame allow(long transaction) {
    return new Frame.Verdict(
        transaction,
        Answer.ALLOW,
        OptionalLong.empty(),
        OptionalInt.empty(),
        Optional.of("test-rule"),
        Optional.empty(),
        false);
  }

  private static Frame read(SocketChannel connection) throws IOException, MalformedFrameException {
    ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_SIZE);
    if (!fill(connection, header)) {
      return null;
    }
    ByteBuffer whole = ByteBuffer.allocate(FrameDecoder.length(header.flip()));
    fill(connection, whole.put(header));
    return FrameDecoder.decode(whole.flip());
  }

  private static boolean fill(SocketChannel connection, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (connection.read(bytes) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
