package dev.aegis.launcher.check;

import dev.aegis.wire.WireText;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What git's index says of one work tree, read once. Nothing is executed; what cannot be read
 * counts as not in git.
 */
final class WorkTree {
  private static final int MAGIC = 0x44495243;
  private static final int BLOB_AT = 40;
  private static final int HASH = 20;
  private static final int EXTENDED = 0x4000;
  private static final int STAGE = 0x3000;
  private static final long LARGEST_INDEX = 64L << 20;
  private static final long LARGEST_FILE = 8L << 20;

  private final Path top;
  private final Map<String, byte[]> staged;

  private WorkTree(Path top, Map<String, byte[]> staged) {
    this.top = top;
    this.staged = staged;
  }

  static Optional<WorkTree> of(Path top) {
    Path index = top.resolve(".git").resolve("index");
    if (!Files.isDirectory(top.resolve(".git"))) {
      return Optional.empty();
    }
    return Optional.of(new WorkTree(top, read(index)));
  }

  private static Map<String, byte[]> read(Path index) {
    Map<String, byte[]> staged = new HashMap<>();
    try {
      if (!Files.exists(index) || Files.size(index) > LARGEST_INDEX) {
        return Map.of();
      }
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(index));
      int magic = in.getInt();
      int version = in.getInt();
      int count = in.getInt();
      if (magic != MAGIC || version < 2 || version > 3) {
        return Map.of();
      }
      for (int i = 0; i < count; i++) {
        entry(in, staged);
      }
      return staged;
    } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
      /* Half an answer is none: unknown is never "git has it". */
      return Map.of();
    }
  }

  private static void entry(ByteBuffer in, Map<String, byte[]> staged) {
    int start = in.position();
    in.position(start + BLOB_AT);
    byte[] blob = new byte[HASH];
    in.get(blob);
    int flags = in.getShort() & 0xFFFF;
    if ((flags & EXTENDED) != 0) {
      in.getShort();
    }
    int nameAt = in.position();
    int end = nameAt;
    while (in.get(end) != 0) {
      end++;
    }
    byte[] name = new byte[end - nameAt];
    in.get(name);
    in.position(start + ((end - start + 8) & ~7));
    if ((flags & STAGE) == 0) {
      staged.put(WireText.decode(ByteBuffer.wrap(name)), blob);
    }
  }

  /** Tell whether git has staged exactly this content. */
  boolean holds(String path) {
    try {
      Path file = Path.of(path);
      if (!file.startsWith(top)) {
        return false;
      }
      byte[] blob = staged.get(top.relativize(file).toString());
      return blob != null
          && Files.isRegularFile(file)
          && Files.size(file) <= LARGEST_FILE
          && Arrays.equals(blob, blob(Files.readAllBytes(file)));
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  private static byte[] blob(byte[] content) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      sha.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return sha.digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
