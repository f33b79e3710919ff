package dev.aegis.daemon.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Tells whether git holds an object: loose, in a pack, or in an alternate store. */
final class GitObjects {

  private static final int PACK_INDEX_MAGIC = 0xFF744F63;
  private static final int HEADER = 8;
  private static final int FAN_OUT = 256 * 4;
  private static final int HASH = 20;
  private static final int DEEPEST_ALTERNATE = 5;

  private final List<Path> stores;

  private GitObjects(List<Path> stores) {
    this.stores = List.copyOf(stores);
  }

  static GitObjects of(GitDirectory git) throws IOException {
    List<Path> stores = new ArrayList<>();
    collect(git.common().resolve("objects"), stores, 0);
    return new GitObjects(stores);
  }

  private static void collect(Path store, List<Path> stores, int depth) throws IOException {
    stores.add(store);
    Path alternates = store.resolve("info/alternates");
    if (depth == DEEPEST_ALTERNATE || !Files.isRegularFile(alternates)) {
      return;
    }
    for (String line : Files.readAllLines(alternates)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        collect(store.resolve(line), stores, depth + 1);
      }
    }
  }

  /** Tell whether an object is there. */
  boolean contains(String hash) throws IOException {
    for (Path store : stores) {
      if (Files.isRegularFile(store.resolve(hash.substring(0, 2)).resolve(hash.substring(2)))
          || inPacks(store.resolve("pack"), hash)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inPacks(Path packs, String hash) throws IOException {
    if (!Files.isDirectory(packs)) {
      return false;
    }
    byte[] wanted = HexFormat.of().parseHex(hash);
    try (DirectoryStream<Path> indexes = Files.newDirectoryStream(packs, "*.idx")) {
      for (Path index : indexes) {
        Path pack = packs.resolve(index.getFileName().toString().replaceFirst("idx$", "pack"));
        if (Files.isRegularFile(pack) && inPack(index, wanted)) {
          return true;
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return false;
  }

  private static boolean inPack(Path index, byte[] wanted) throws IOException {
    try (FileChannel channel = FileChannel.open(index, StandardOpenOption.READ)) {
      ByteBuffer head = read(channel, 0, HEADER + FAN_OUT);
      if (head.getInt(0) != PACK_INDEX_MAGIC || head.getInt(4) != 2) {
        return false;
      }
      int first = wanted[0] & 0xFF;
      int low = first == 0 ? 0 : head.getInt(HEADER + (first - 1) * 4);
      int high = head.getInt(HEADER + first * 4);
      while (low < high) {
        int middle = (low + high) >>> 1;
        ByteBuffer found = read(channel, HEADER + FAN_OUT + (long) middle * HASH, HASH);
        int order = compare(found, wanted);
        if (order == 0) {
          return true;
        }
        if (order < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return false;
    }
  }

  private static int compare(ByteBuffer found, byte[] wanted) {
    for (int i = 0; i < HASH; i++) {
      int order = Integer.compare(found.get(i) & 0xFF, wanted[i] & 0xFF);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static ByteBuffer read(FileChannel channel, long position, int size) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(size);
    while (out.hasRemaining()) {
      int count = channel.read(out, position + out.position());
      if (count < 0) {
        throw new IOException("the index of a pack is cut short");
      }
    }
    return out.flip();
  }
}
