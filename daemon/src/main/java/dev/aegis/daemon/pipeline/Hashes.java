package dev.aegis.daemon.pipeline;

import dev.aegis.wire.WireText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names for texts that must be recognised and not kept. */
final class Hashes {

  private Hashes() {}

  /** Hash words so that no two lists of words share a hash. */
  static String of(List<String> words) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String word : words) {
        digest.update(WireText.encode(word));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String of(String... words) {
    return of(List.of(words));
  }
}
