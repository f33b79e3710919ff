package dev.aegis.daemon.workspace;

import dev.aegis.wire.WireText;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What git has staged, read from its index file, versions 2 to 4. */
final class GitIndex {

  private static final int MAGIC = 0x44495243;
  private static final long LARGEST = 256L << 20;
  private static final int STAT_FIELDS = 40;
  private static final int HASH = 20;
  private static final int EXTENDED = 0x4000;
  private static final int STAGE = 0x3000;
  private static final int MODE_OFFSET = 24;
  private static final int EXTENSION_HEADER = 8;
  private static final int SPLIT = 0x6C696E6B;
  private static final int SPARSE = 0x73646972;

  /**
   * One staged file.
   *
   * @param mode as git knows it: 0100644, 0100755, 0120000, 0160000
   * @param blob SHA-1 of the content, hexadecimal
   */
  record Entry(int mode, String blob) {}

  private final NavigableMap<String, Entry> entries = new TreeMap<>();

  private GitIndex() {}

  /** Read an index; one that is not there is empty. */
  static GitIndex read(Path file) throws IOException {
    GitIndex index = new GitIndex();
    ByteBuffer in;
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException(file + " is larger than an index that is read here");
      }
      in = ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return index;
    }
    try {
      index.parse(in);
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      throw new IOException(file + " is not an index", e);
    }
    return index;
  }

  private void parse(ByteBuffer in) throws IOException {
    int magic = in.getInt();
    int version = in.getInt();
    int count = in.getInt();
    if (magic != MAGIC || version < 2 || version > 4 || count < 0) {
      throw new IOException("an index of version " + version + " is not read here");
    }
    byte[] name = new byte[0];
    for (int i = 0; i < count; i++) {
      int start = in.position();
      int mode = in.getInt(start + MODE_OFFSET);
      in.position(start + STAT_FIELDS);
      byte[] blob = new byte[HASH];
      in.get(blob);
      int flags = in.getShort() & 0xFFFF;
      if ((flags & EXTENDED) != 0) {
        in.getShort();
      }
      name = version == 4 ? compressedName(in, name) : plainName(in, start);
      // A path in conflict has no one content that git could give back.
      if ((flags & STAGE) == 0) {
        entries.put(
            WireText.decode(ByteBuffer.wrap(name)),
            new Entry(mode, HexFormat.of().formatHex(blob)));
      }
    }
    refusePartial(in);
  }

  /* A split or sparse index keeps what it tracks elsewhere too: half an answer is none. */
  private static void refusePartial(ByteBuffer in) throws IOException {
    while (in.remaining() >= EXTENSION_HEADER + HASH) {
      int name = in.getInt();
      int size = in.getInt();
      if (name == SPLIT || name == SPARSE) {
        throw new IOException("a split or sparse index is not read here");
      }
      in.position(in.position() + size);
    }
  }

  private static byte[] plainName(ByteBuffer in, int start) {
    byte[] name = untilNul(in);
    int length = in.position() - 1 - start;
    in.position(start + ((length + 8) & ~7));
    return name;
  }

  private static byte[] compressedName(ByteBuffer in, byte[] previous) {
    int strip = variableInt(in);
    byte[] suffix = untilNul(in);
    byte[] name = Arrays.copyOf(previous, previous.length - strip + suffix.length);
    System.arraycopy(suffix, 0, name, previous.length - strip, suffix.length);
    return name;
  }

  private static int variableInt(ByteBuffer in) {
    int next = in.get() & 0xFF;
    int value = next & 0x7F;
    while ((next & 0x80) != 0) {
      next = in.get() & 0xFF;
      value = ((value + 1) << 7) | (next & 0x7F);
    }
    return value;
  }

  private static byte[] untilNul(ByteBuffer in) {
    int start = in.position();
    while (in.get() != 0) {
      // the position moves on
    }
    byte[] bytes = new byte[in.position() - 1 - start];
    in.get(start, bytes);
    return bytes;
  }

  /** Find a path relative to the top level. */
  Optional<Entry> find(String path) {
    return Optional.ofNullable(entries.get(path));
  }

  /** Tell whether anything is staged at a path or below it. */
  boolean tracksAnythingAt(String path) {
    if (entries.containsKey(path)) {
      return true;
    }
    Map.Entry<String, Entry> next = entries.higherEntry(path + "/");
    return next != null && next.getKey().startsWith(path + "/");
  }
}
