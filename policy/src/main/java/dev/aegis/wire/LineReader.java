package dev.aegis.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Cut what comes from a channel into lines of UTF-8, as the control socket speaks them. */
public final class LineReader {

  private static final int BUFFER = 8_192;

  private final ReadableByteChannel channel;
  private final int longestLine;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);

  /**
   * A reader of a channel.
   *
   * @param longestLine in bytes
   */
  public LineReader(ReadableByteChannel channel, int longestLine) {
    this.channel = channel;
    this.longestLine = longestLine;
  }

  /**
   * Wait for a line.
   *
   * @return the line without its end, or empty at the end of the stream or once the channel is
   *     closed
   * @throws IOException also for a line that is too long
   */
  public Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      while (buffer.hasRemaining()) {
        byte next = buffer.get();
        if (next == '\n') {
          return Optional.of(line.toString(StandardCharsets.UTF_8));
        }
        line.write(next);
        if (line.size() > longestLine) {
          throw new IOException("a line of more than " + longestLine + " bytes");
        }
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
    } catch (ClosedChannelException e) {
      return false;
    } finally {
      buffer.flip();
    }
  }
}
