package dev.aegis.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** The test vectors that the Java and the C side share. */
final class Vectors {

  /** One line of the file. */
  record Vector(String name, String hex, String comment) {
    ByteBuffer buffer() {
      return ByteBuffer.wrap(bytes());
    }

    byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }

    boolean isRefused() {
      return name.startsWith("refused.");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Vectors() {}

  static List<Vector> all() {
    try (InputStream in = Frame.class.getResourceAsStream("vectors.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(part -> new Vector(part[0], part[1], part[2]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
