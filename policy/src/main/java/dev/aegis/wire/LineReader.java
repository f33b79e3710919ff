package dev.aegis.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Cut a stream of bytes into lines of UTF-8, as the control socket speaks them. */
public final class LineReader {

  private static final int BUFFER = 8_192;

  private final Source source;
  private final int longestLine;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);

  /**
   * A reader of a source.
   *
   * @param longestLine in bytes
   */
  public LineReader(Source source, int longestLine) {
    this.source = source;
    this.longestLine = longestLine;
  }

  /**
   * Wait for a line.
   *
   * @return the line without its end, or empty at the end of the stream; what stands after the last
   *     end of line is dropped, for it may have been cut
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
      return source.read(buffer) > 0;
    } finally {
      buffer.flip();
    }
  }

  /** Where the bytes come from; a channel's {@code read} is one. */
  @FunctionalInterface
  public interface Source {
    /** Wait for bytes; -1 at the end. */
    int read(ByteBuffer buffer) throws IOException;
  }
}
