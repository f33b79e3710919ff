package dev.aegis.daemon.workspace;

import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.operation.FileIdentity;
import dev.aegis.wire.WireText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What git's own files say of one work tree. Nothing is ever executed, whatever the repository
 * configures; what cannot be read counts as not in git. Thread-safe.
 */
final class GitReader {

  private static final Logger LOG = LoggerFactory.getLogger(GitReader.class);
  private static final long LARGEST_HASHED = 32L << 20;
  private static final int TYPE = 0170000;
  private static final int EXECUTABLE = 0100;

  private final GitDirectory git;
  private Optional<FileIdentity> readAt = Optional.empty();
  private Optional<GitIndex> index = Optional.empty();

  GitReader(GitDirectory git) {
    this.git = git;
  }

  Path workTree() {
    return git.workTree();
  }

  /** Tell whether git could give back exactly this file: same type, mode and content. */
  boolean holds(Path file) {
    try {
      Optional<GitIndex.Entry> entry = current().flatMap(known -> known.find(relative(file)));
      Optional<FileIdentity> identity = KernelFiles.identify(file.toString());
      return entry.isPresent()
          && identity.isPresent()
          && sameKind(entry.get(), identity.get())
          && entry.get().blob().equals(blob(file, identity.get()))
          && GitObjects.of(git).contains(entry.get().blob());
    } catch (IOException | InvalidPathException e) {
      LOG.debug("whether git holds {} cannot be told", file, e);
      return false;
    }
  }

  /** Tell whether git knows anything at a path or below; when in doubt it does. */
  boolean tracksAnythingAt(Path path) {
    try {
      return current().map(known -> known.tracksAnythingAt(relative(path))).orElse(true);
    } catch (IOException e) {
      LOG.debug("what git tracks at {} cannot be told", path, e);
      return true;
    }
  }

  private String relative(Path path) {
    return git.workTree().relativize(path).toString();
  }

  private static boolean sameKind(GitIndex.Entry entry, FileIdentity identity) {
    boolean link = (entry.mode() & TYPE) == 0120000 && identity.isSymbolicLink();
    boolean file =
        (entry.mode() & TYPE) == 0100000
            && identity.isRegular()
            && (entry.mode() & EXECUTABLE) == (identity.mode() & EXECUTABLE);
    return (link || file) && identity.size() <= LARGEST_HASHED;
  }

  private synchronized Optional<GitIndex> current() throws IOException {
    Path file = git.own().resolve("index");
    Optional<FileIdentity> now = KernelFiles.identify(file.toString());
    if (index.isEmpty() || !now.equals(readAt)) {
      index = usesOtherHash() ? Optional.empty() : Optional.of(GitIndex.read(file));
      readAt = now;
    }
    return index;
  }

  private boolean usesOtherHash() throws IOException {
    Path config = git.common().resolve("config");
    return Files.isRegularFile(config)
        && Files.readString(config, StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT)
            .contains("objectformat");
  }

  private static String blob(Path file, FileIdentity identity) throws IOException {
    byte[] content;
    if (identity.isSymbolicLink()) {
      content =
          WireText.encode(
              KernelFiles.readLink(file.toString()).orElseThrow(() -> new IOException("gone")));
    } else {
      try (InputStream in = Files.newInputStream(file)) {
        content = in.readNBytes((int) LARGEST_HASHED + 1);
      }
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(("blob " + content.length + '\0').getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
