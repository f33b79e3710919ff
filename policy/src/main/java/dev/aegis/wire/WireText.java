package dev.aegis.wire;

import dev.aegis.operation.RawText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text on the wire: the kernel's bytes as {@link RawText} bridges them, and plain UTF-8. */
public final class WireText {

  private WireText() {}

  /** Read bytes as text; never fails. */
  public static String decode(ByteBuffer bytes) {
    return RawText.decode(bytes);
  }

  /**
   * Write text as the bytes it came from.
   *
   * @throws IllegalArgumentException for a surrogate that stands for no byte
   */
  public static byte[] encode(String text) {
    return RawText.encode(text);
  }

  /** Read bytes that must be UTF-8 from beginning to end. */
  static String decodeStrictly(ByteBuffer bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .decode(bytes.duplicate())
        .toString();
  }
}
