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
 * @param sha256 of the content, hexadecimal; empty of what lies under {@code /usr}, which no
 *     session may change, and of what is large
 */
public record Fingerprint(
    String path, long device, long inode, long size, String modified, String sha256) {

  private static final String SYSTEM = "/usr/";
  private static final long MOST_HASHED = 8L << 20;

  /** Take the fingerprint of a file; empty when there is none. */
  public static Optional<Fingerprint> take(String path) {
    return KernelFiles.identifyTarget(path)
        .map(
            identity ->
                new Fingerprint(
                    path,
                    identity.device(),
                    identity.inode(),
                    identity.size(),
                    identity.modified().toString(),
                    path.startsWith(SYSTEM) ? "" : hash(path, identity)));
  }

  /** Tell whether the file is one of the system's own, which no session may change. */
  boolean isOfSystem() {
    return path.startsWith(SYSTEM);
  }

  /** Tell whether the file is still exactly this one. */
  public boolean stillHolds() {
    return take(path).map(this::equals).orElse(false);
  }

  private static String hash(String path, FileIdentity identity) {
    if (!identity.isRegular() || identity.size() > MOST_HASHED) {
      return "";
    }
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(in.readNBytes((int) MOST_HASHED));
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException | InvalidPathException e) {
      // A script that may be executed but not read has no content that anybody could compare.
      return "unreadable";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
