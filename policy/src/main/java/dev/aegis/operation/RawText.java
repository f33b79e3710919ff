package dev.aegis.operation;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * The lossless bridge between the kernel's bytes and text: UTF-8, with every byte that is not part
 * of valid UTF-8 standing as a lone surrogate U+DC80 to U+DCFF.
 */
public final class RawText {

  private static final int ESCAPE = 0xDC00;

  private RawText() {}

  /** Read bytes as text; never fails. */
  public static String decode(ByteBuffer bytes) {
    ByteBuffer in = bytes.duplicate();
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(in.remaining());
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isMalformed()) {
        return out.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (ESCAPE | (in.get() & 0xFF)));
      }
      decoder.reset();
    }
  }

  /**
   * Write text as the bytes it came from.
   *
   * @throws IllegalArgumentException for a surrogate that stands for no byte
   */
  public static byte[] encode(String text) {
    ByteBuffer out = ByteBuffer.allocate(text.length() * 3);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        if (point < 0xDC80 || point > 0xDCFF) {
          throw new IllegalArgumentException("surrogate that stands for no byte at " + i);
        }
        out.put((byte) point);
      } else {
        put(out, point);
      }
      i += Character.charCount(point);
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private static void put(ByteBuffer out, int point) {
    if (point < 0x80) {
      out.put((byte) point);
      return;
    }
    out.put(Character.toString(point).getBytes(StandardCharsets.UTF_8));
  }
}
