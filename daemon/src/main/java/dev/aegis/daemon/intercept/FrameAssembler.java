package dev.aegis.daemon.intercept;

import dev.aegis.wire.Frame;
import dev.aegis.wire.FrameDecoder;
import dev.aegis.wire.MalformedFrameException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the bytes of one connection together to frames. Memory grows with what has really come,
 * never with what a header promises.
 */
final class FrameAssembler {

  private static final int SMALLEST = 4096;

  private final FrameBudget budget;
  private ByteBuffer pending = ByteBuffer.allocate(0);

  FrameAssembler(FrameBudget budget) {
    this.budget = budget;
  }

  /** A frame that is complete, or the reason why there can be none any more. */
  static final class OutOfMemoryBudgetException extends Exception {
    private static final long serialVersionUID = 1;

    OutOfMemoryBudgetException() {
      super("too many large frames under way at once");
    }
  }

  /** Take in bytes and return the frames that they complete. */
  List<Frame> take(ByteBuffer bytes) throws MalformedFrameException, OutOfMemoryBudgetException {
    List<Frame> frames = new ArrayList<>();
    if (pending.position() == 0) {
      decodeAll(bytes, frames);
    }
    if (bytes.hasRemaining()) {
      keep(bytes);
      pending.flip();
      decodeAll(pending, frames);
      pending.compact();
    }
    if (pending.position() == 0 && pending.capacity() > SMALLEST) {
      release();
    }
    return frames;
  }

  private static void decodeAll(ByteBuffer bytes, List<Frame> frames)
      throws MalformedFrameException {
    while (true) {
      int length = FrameDecoder.length(bytes);
      if (length < 0 || length > bytes.remaining()) {
        return;
      }
      frames.add(FrameDecoder.decode(bytes.slice(bytes.position(), length)));
      bytes.position(bytes.position() + length);
    }
  }

  private void keep(ByteBuffer bytes) throws OutOfMemoryBudgetException {
    int needed = pending.position() + bytes.remaining();
    if (needed > pending.capacity()) {
      int capacity = Math.max(SMALLEST, Math.max(needed, pending.capacity() * 2));
      if (!budget.take(capacity - pending.capacity())) {
        throw new OutOfMemoryBudgetException();
      }
      pending = ByteBuffer.allocate(capacity).put(pending.flip());
    }
    pending.put(bytes);
  }

  /** Tell whether a frame has begun and is not complete. */
  boolean isMidFrame() {
    return pending.position() > 0;
  }

  /** Give the memory back. */
  void release() {
    budget.giveBack(pending.capacity());
    pending = ByteBuffer.allocate(0);
  }
}
