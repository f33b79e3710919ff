package dev.aegis.daemon.workspace;

import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The patterns of one ignore file, which the last match decides. */
final class IgnoreFile {

  private static final Logger LOG = LoggerFactory.getLogger(IgnoreFile.class);
  private static final long LARGEST = 1L << 20;

  private final List<IgnorePattern> patterns;

  private IgnoreFile(List<IgnorePattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /** Read a file; one that cannot be read ignores nothing. */
  static IgnoreFile read(Path file) {
    List<IgnorePattern> patterns = new ArrayList<>();
    try {
      if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
          add(
              patterns,
              file,
              new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be read and ignores nothing", file, e);
    }
    return new IgnoreFile(patterns);
  }

  private static void add(List<IgnorePattern> patterns, Path file, String line) {
    try {
      IgnorePattern.of(line).ifPresent(patterns::add);
    } catch (PatternSyntaxException e) {
      LOG.debug("a pattern in {} is not understood and ignores nothing: {}", file, line);
    }
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  /** Say whether a path is ignored, relative to the directory of the file; empty: no word of it. */
  Optional<Boolean> decide(String path, boolean isDirectory) {
    for (int i = patterns.size() - 1; i >= 0; i--) {
      if (patterns.get(i).matches(path, isDirectory)) {
        return Optional.of(!patterns.get(i).negated());
      }
    }
    return Optional.empty();
  }
}
