package dev.aegis.daemon.audit;

import dev.aegis.config.OwnerOnly;
import dev.aegis.daemon.store.Queries;
import dev.aegis.daemon.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret without which nobody can continue or forge the chain of the audit log. */
public final class AuditKey {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;

  private final Mac mac;

  private AuditKey(byte[] secret) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }

  /**
   * Read the key of a home, or make it at the first start.
   *
   * @throws StoreException when the key is gone and there are rows that were written with it
   */
  public static AuditKey obtain(Path file, Queries queries) throws IOException, StoreException {
    Optional<AuditKey> key = read(file);
    if (key.isPresent()) {
      return key.get();
    }
    long rows = queries.read(connection -> ChainHead.read(connection).sequence());
    if (rows > 0) {
      throw new StoreException(
          "%s is missing, and the audit log has %d rows that only it can verify: restore it, or move the database away"
              .formatted(file, rows));
    }
    return create(file);
  }

  /** Read the key of a home; empty when there is none yet. */
  public static Optional<AuditKey> read(Path file) throws IOException {
    try {
      byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
      if (secret.length != BYTES) {
        throw new IOException(
            "%s holds %d bytes: expected %d".formatted(file, secret.length, BYTES));
      }
      Optional<String> complaint = OwnerOnly.complaint(file);
      if (complaint.isPresent()) {
        throw new IOException(complaint.get());
      }
      return Optional.of(new AuditKey(secret));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no key: expected 64 hexadecimal digits", e);
    }
  }

  /** Make a new key and keep it in a file of mode 0600. */
  public static AuditKey create(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    OwnerOnly.write(file, HexFormat.of().formatHex(secret) + "\n");
    return new AuditKey(secret);
  }

  /** Make a secret for something else, from which this key cannot be told. */
  public synchronized SecretKeySpec derive(String purpose) {
    byte[] secret = mac.doFinal(("derived\n" + purpose).getBytes(StandardCharsets.UTF_8));
    return new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * Authenticate one link of the chain.
   *
   * @param previous the code of the link before
   * @param record the canonical text of this one
   * @return 64 hexadecimal digits
   */
  synchronized String authenticate(String previous, String record) {
    mac.update(previous.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) '\n');
    return HexFormat.of().formatHex(mac.doFinal(record.getBytes(StandardCharsets.UTF_8)));
  }
}
