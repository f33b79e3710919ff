package dev.aegis.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first 24 bytes of a frame, checked. */
record FrameHeader(int length, FrameType type, long transaction, long sequence) {

  static final int VERSION = 1;

  /** Read a header; the buffer must hold all of it and is left where it was. */
  static FrameHeader read(ByteBuffer buffer) throws MalformedFrameException {
    ByteBuffer in = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int length = in.getInt();
    int version = in.get() & 0xFF;
    int code = in.get() & 0xFF;
    int flags = in.getShort() & 0xFFFF;
    long transaction = in.getLong();
    long sequence = in.getLong();
    if (version != VERSION) {
      throw new MalformedFrameException(Refusal.VERSION, "version " + version);
    }
    FrameType type =
        FrameType.ofCode(code)
            .orElseThrow(() -> new MalformedFrameException(Refusal.TYPE, "type " + code));
    if (flags != 0) {
      throw new MalformedFrameException(Refusal.FLAGS, "flags " + flags);
    }
    checkLength(length, type);
    boolean oneWay = type.exchange() == FrameType.Exchange.ONE_WAY;
    if (oneWay != (transaction == 0)) {
      throw new MalformedFrameException(
          Refusal.TRANSACTION, "transaction " + transaction + " in " + type);
    }
    if (type.isNumbered() != (sequence != 0)) {
      throw new MalformedFrameException(Refusal.SEQUENCE, "sequence " + sequence + " in " + type);
    }
    return new FrameHeader(length, type, transaction, sequence);
  }

  private static void checkLength(int length, FrameType type) throws MalformedFrameException {
    int most = type == FrameType.ASK ? Frame.LARGEST_EXECUTE : Frame.LARGEST;
    if (length >= 0 && length < Frame.HEADER_SIZE) {
      throw new MalformedFrameException(Refusal.TRUNCATED, "length " + length);
    }
    if (length < 0 || length > most) {
      throw new MalformedFrameException(
          Refusal.OVERSIZED, "length " + Integer.toUnsignedString(length));
    }
  }
}
