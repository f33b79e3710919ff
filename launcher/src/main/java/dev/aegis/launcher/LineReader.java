package dev.aegis.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Cut what comes from a channel into lines of UTF-8. */
final class LineReader {

  private static final int BUFFER = 8_192;
  private static final int LONGEST_LINE = 16 * 1024 * 1024;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);

  LineReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Wait for a line.
   *
   * @return the line without its end, or empty at the end of the stream or once the channel is
   *     closed
   * @throws IOException also for a line of more than 16 MiB
   */
  Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      while (buffer.hasRemaining()) {
        byte next = buffer.get();
        if (next == '\n') {
          return Optional.of(line.toString(StandardCharsets.UTF_8));
        }
        line.write(next);
      }
      if (line.size() > LONGEST_LINE) {
        throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
      }
      if (!fill()) {
        return Optional.empty();
      }
    }
  }

  private boolean fill() throws IOException {
    buffer.clear();
    try {
      return channel.read(buffer) > 0;
    } catch (AsynchronousCloseException e) {
      return false;
    } catch (ClosedChannelException e) {
      return false;
    } finally {
      buffer.flip();
    }
  }
}
