package dev.aegis.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The fields of a frame while it is written. */
final class FieldWriter {

  private static final int FIELD_HEADER = 6;

  private ByteBuffer out = little(new byte[256]).position(Frame.HEADER_SIZE);

  static ByteBuffer little(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  FieldWriter put(Tag tag, byte[] content) {
    int needed = out.position() + FIELD_HEADER + content.length;
    if (needed > out.capacity()) {
      out = little(new byte[Math.max(needed, out.capacity() * 2)]).put(out.flip());
    }
    out.putShort((short) tag.code()).putInt(content.length).put(content);
    return this;
  }

  FieldWriter putByte(Tag tag, int value) {
    return put(tag, new byte[] {(byte) value});
  }

  FieldWriter putShort(Tag tag, int value) {
    byte[] content = new byte[2];
    little(content).putShort((short) value);
    return put(tag, content);
  }

  FieldWriter putInt(Tag tag, int value) {
    byte[] content = new byte[4];
    little(content).putInt(value);
    return put(tag, content);
  }

  FieldWriter putLong(Tag tag, long value) {
    byte[] content = new byte[8];
    little(content).putLong(value);
    return put(tag, content);
  }

  /** Write 1, or nothing for false. */
  FieldWriter putFlag(Tag tag, boolean value) {
    return value ? putByte(tag, 1) : this;
  }

  FieldWriter putText(Tag tag, Optional<String> text) {
    text.ifPresent(value -> put(tag, WireText.encode(value)));
    return this;
  }

  ByteBuffer finish(FrameType type, long transaction, long sequence) {
    out.flip();
    out.putInt(0, out.limit());
    out.put(4, (byte) FrameHeader.VERSION);
    out.put(5, (byte) type.code());
    out.putLong(8, transaction);
    out.putLong(16, sequence);
    return out;
  }
}
