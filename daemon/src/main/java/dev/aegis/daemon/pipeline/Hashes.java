package dev.aegis.daemon.pipeline;

import dev.aegis.wire.WireText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names for texts that must be recognised and not kept. */
final class Hashes {

  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Hashes::digest);

  private Hashes() {}

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hash words so that no two lists of words share a hash. */
  static String of(List<String> words) {
    MessageDigest digest = DIGEST.get();
    digest.reset();
    for (String word : words) {
      digest.update(WireText.encode(word));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  static String of(String... words) {
    return of(List.of(words));
  }
}
