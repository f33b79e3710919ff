package dev.aegis.daemon.approvals;

import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.operation.FileIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What one file was when an approval was opened: enough to tell whether it still is.
 *
 * @param path as it was resolved then
 * @param device device number
 * @param inode inode number
 * @param size bytes
 * @param modified last modification, ISO 8601
 * @param changed last change as the kernel noted it, ISO 8601; no process can set it
 * @param sha256 of the content, hexadecimal; empty of what this user cannot write
 * @param system whether it is one of the system's own, which only root can replace
 */
public record Fingerprint(
    String path,
    long device,
    long inode,
    long size,
    String modified,
    String changed,
    String sha256,
    boolean system) {

  private static final String SYSTEM = "/usr/";
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int BUFFER = 1 << 16;
  /* Nothing that is executed is larger; what is, is told by its identity alone. */
  private static final long MOST_HASHED = 1L << 30;
  /* The kernel's stamps lag behind its clock by up to a tick. */
  private static final long TICK_MS = 20;

  /** Take the fingerprint of a file; empty when there is none. */
  public static Optional<Fingerprint> take(String path) {
    return KernelFiles.status(path)
        .map(
            status ->
                new Fingerprint(
                    path,
                    status.identity().device(),
                    status.identity().inode(),
                    status.identity().size(),
                    status.identity().modified().toString(),
                    status.changed().toString(),
                    hash(path, status.identity()),
                    path.startsWith(SYSTEM) && onlyRootReplaces(path)));
  }

  /** Tell whether the file is one of the system's own and was like this at a time already. */
  boolean isOfSystemSince(Instant time) {
    return system && Instant.parse(changed).plusMillis(TICK_MS).isBefore(time);
  }

  /** Tell whether the file is still exactly this one. */
  public boolean stillHolds() {
    return take(path).map(this::equals).orElse(false);
  }

  private static boolean onlyRootReplaces(String path) {
    for (Path one = Path.of(path); one != null; one = one.getParent()) {
      Optional<FileIdentity> identity = KernelFiles.identify(one.toString());
      if (identity.isEmpty()
          || identity.get().uid() != 0
          || (!identity.get().isSymbolicLink()
              && (identity.get().mode() & WRITABLE_BY_OTHERS) != 0)) {
        return false;
      }
    }
    return true;
  }

  /*
   * Sessions run as the user of this daemon. A file that this user cannot write has no content of theirs, and one that
   * becomes writable or is replaced has another time of change or another inode. What they can write may change through
   * a mapping without a new time.
   */
  private static String hash(String path, FileIdentity identity) {
    try {
      Path file = Path.of(path);
      if (!identity.isRegular() || identity.size() > MOST_HASHED || !Files.isWritable(file)) {
        return "";
      }
      return hash(file);
    } catch (IOException | InvalidPathException e) {
      // A script that may be executed but not read has no content that anybody could compare.
      return "unreadable";
    }
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
