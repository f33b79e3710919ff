package dev.aegis.daemon.kernel;

import dev.aegis.operation.FileIdentity;
import dev.aegis.wire.WireText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** What the kernel says of one path, whatever bytes its name is made of. */
public final class KernelFiles {

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int BASIC_STATS_AND_BIRTH = 0xFFF;
  private static final int BIRTH = 0x800;
  private static final int SIZE_OF_STATX = 256;
  /* Most are shorter, and of a process with many files open there are many. */
  private static final int COMMON_PATH = 256;
  private static final int LONGEST_PATH = 4096;
  private static final int CHANGED = 96;

  private KernelFiles() {}

  /** Identify a path without following a final symbolic link; empty when it cannot be looked at. */
  public static Optional<FileIdentity> identify(String path) {
    return statx(path, AT_SYMLINK_NOFOLLOW);
  }

  /** Identify what a path leads to. */
  public static Optional<FileIdentity> identifyTarget(String path) {
    return statx(path, 0);
  }

  /** Return the text of a symbolic link. */
  public static Optional<String> readLink(String path) {
    byte[] name = terminated(path);
    byte[] out = new byte[COMMON_PATH];
    long length = LibC.readlink(name, out, out.length);
    if (length == out.length) {
      out = new byte[LONGEST_PATH];
      length = LibC.readlink(name, out, out.length);
    }
    return length < 0
        ? Optional.empty()
        : Optional.of(WireText.decode(ByteBuffer.wrap(out, 0, (int) length)));
  }

  /**
   * What the kernel keeps of a file.
   *
   * @param changed when content or properties changed last; only the clock of the machine sets it
   */
  public record Status(FileIdentity identity, Instant changed) {}

  /** Look at what a path leads to. */
  public static Optional<Status> status(String path) {
    return look(path, 0).map(in -> new Status(identity(in), time(in, CHANGED)));
  }

  private static Optional<FileIdentity> statx(String path, int flags) {
    return look(path, flags).map(KernelFiles::identity);
  }

  private static Optional<ByteBuffer> look(String path, int flags) {
    byte[] out = new byte[SIZE_OF_STATX];
    if (path.indexOf('\0') >= 0
        || LibC.statx(AT_FDCWD, terminated(path), flags, BASIC_STATS_AND_BIRTH, out) != 0) {
      return Optional.empty();
    }
    return Optional.of(ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static FileIdentity identity(ByteBuffer in) {
    boolean born = (in.getInt(0) & BIRTH) != 0;
    return new FileIdentity(
        device(in.getInt(136), in.getInt(140)),
        in.getLong(32),
        in.getLong(40),
        time(in, 112),
        born ? time(in, 80) : Instant.EPOCH,
        in.getShort(28) & 0xFFFF,
        in.getInt(16),
        in.getInt(20),
        in.getInt(24));
  }

  private static Instant time(ByteBuffer in, int offset) {
    return Instant.ofEpochSecond(in.getLong(offset), in.getInt(offset + 8));
  }

  /* As st_dev of stat holds it, which is what reporters send. */
  static long device(int major, int minor) {
    long high = Integer.toUnsignedLong(major);
    long low = Integer.toUnsignedLong(minor);
    return (low & 0xFFL)
        | ((high & 0xFFFL) << 8)
        | ((low & ~0xFFL) << 12)
        | ((high & ~0xFFFL) << 32);
  }

  private static byte[] terminated(String path) {
    byte[] bytes = WireText.encode(path);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }
}
