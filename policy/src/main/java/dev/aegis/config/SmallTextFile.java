package dev.aegis.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A regular file small enough to be read while somebody waits for an answer. */
public final class SmallTextFile {
  private static final int LARGEST = 1 << 18;

  private SmallTextFile() {}

  /** Return what a file holds; nothing when it is large, no regular file, or not for us. */
  public static Optional<String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      return bytes.length > LARGEST
          ? Optional.empty()
          : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      /* What cannot be read is judged by its name. */
      return Optional.empty();
    }
  }
}
