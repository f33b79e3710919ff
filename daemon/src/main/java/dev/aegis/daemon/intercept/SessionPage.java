package dev.aegis.daemon.intercept;

import dev.aegis.operation.Supervision;
import dev.aegis.wire.WireText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/**
 * The page of a session, which every reporter maps read-only: docs/wire-protocol.md has its table.
 */
final class SessionPage implements AutoCloseable {

  private static final int SIZE = 8192;
  private static final int PATH_SIZE = 1024;
  private static final int ID = 24;
  private static final int ID_SIZE = 32;
  private static final int SOCKET = 56;
  private static final int SOCKET_SIZE = 108;
  private static final int HOME = 256;
  private static final int RUN = 1280;
  private static final int LIBRARY = 2304;
  private static final int GATE = 3328;
  private static final int DISTRIBUTION = 4352;
  private static final int LOADER = 6400;
  private static final int GENERATION = 12;
  private static final int SNAPSHOT = 20;
  private static final int MOUNTS = 168;
  private static final int NARROWS_BASELINE = 1;

  private static final int TRAP = 4;
  private static final int FULL = 8;

  private final FileChannel channel;
  private final int watch;
  private int generation;

  private SessionPage(FileChannel channel, int watch, int generation) {
    this.channel = channel;
    this.watch = watch;
    this.generation = generation;
  }

  /** Write the page of a session that has just been opened. */
  static SessionPage create(Session session, Path aegisHome, Path run, boolean narrows)
      throws IOException {
    // A daemon that takes the session up again must not come back to an old number.
    int generation = (int) Instant.now().getEpochSecond();
    int watch = watchedBy(session.request().supervision());
    ByteBuffer page = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    page.put("AEGISPG1".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(generation);
    page.putInt(flags(narrows, watch));
    put(page, ID, ID_SIZE, session.id());
    put(page, SOCKET, SOCKET_SIZE, session.socket().toString());
    put(page, HOME, PATH_SIZE, aegisHome.toString());
    put(page, RUN, PATH_SIZE, run.toString());
    put(page, LIBRARY, PATH_SIZE, session.request().library().toString());
    put(page, GATE, PATH_SIZE, session.request().gate().toString());
    put(page, DISTRIBUTION, PATH_SIZE, session.request().distribution().toString());
    put(page, LOADER, PATH_SIZE, session.request().loader().map(Path::toString).orElse(""));
    FileChannel channel =
        FileChannel.open(
            session.directory().resolve("page"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    SessionPage written = new SessionPage(channel, watch, generation);
    written.write(page.rewind(), 0);
    return written;
  }

  private static int watchedBy(Supervision supervision) {
    return switch (supervision) {
      case LIBC -> 0;
      case HYBRID -> TRAP;
      case FULL -> TRAP | FULL;
    };
  }

  private static int flags(boolean narrows, int watch) {
    return (narrows ? NARROWS_BASELINE : 0) | watch;
  }

  private static void put(ByteBuffer page, int offset, int size, String text) throws IOException {
    byte[] bytes = WireText.encode(text);
    if (bytes.length >= size) {
      throw new IOException("too long for the page of a session: " + text);
    }
    page.put(offset, bytes);
  }

  /** Tell every reporter that the policy is another one, of which there is no snapshot yet. */
  synchronized void change(boolean narrows) throws IOException {
    generation++;
    ByteBuffer words = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    words.putInt(generation).putInt(flags(narrows, watch)).putInt(0);
    write(words.flip(), GENERATION);
  }

  /** Count on, so that a number is never given to two snapshots. */
  synchronized void nextGeneration() throws IOException {
    generation++;
    write(word(generation), GENERATION);
  }

  synchronized int generation() {
    return generation;
  }

  /**
   * Tell every reporter which snapshot is in force.
   *
   * @param number in the name of its file; 0 for none
   */
  synchronized void announceSnapshot(int number) throws IOException {
    write(word(number), SNAPSHOT);
  }

  /** Tell every reporter in which mount namespace names mean what the policy takes them for. */
  synchronized void mounts(long number) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    write(bytes.putLong(number).flip(), MOUNTS);
  }

  private static ByteBuffer word(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).flip();
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
