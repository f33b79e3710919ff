package dev.aegis.launcher.relay;

import com.sun.jna.Memory;
import dev.aegis.launcher.os.Channel;

/** Bytes on their way into a channel that may take them only in part. */
final class ByteQueue {

  private final Channel channel;
  private Memory memory;
  private int from;
  private int to;
  private boolean ended;

  ByteQueue(Channel channel, int capacity) {
    this.channel = channel;
    memory = new Memory(capacity);
  }

  Channel channel() {
    return channel;
  }

  boolean isEmpty() {
    return from == to;
  }

  /** Bytes that wait. */
  int size() {
    return to - from;
  }

  /** Whether the other side is gone; bytes for it are dropped. */
  boolean hasEnded() {
    return ended;
  }

  /** Sends bytes that lie outside the Java heap, keeping what the channel does not take. */
  void send(Memory bytes, int length) {
    int taken = 0;
    if (isEmpty() && !ended) {
      taken = write(bytes, 0, length);
    }
    if (taken < length && !ended) {
      reserve(length - taken);
      memory.write(to, bytes.getByteArray(taken, length - taken), 0, length - taken);
      to += length - taken;
    }
  }

  /** Sends bytes, keeping what the channel does not take. */
  void send(byte[] bytes) {
    if (!ended && bytes.length > 0) {
      reserve(bytes.length);
      memory.write(to, bytes, 0, bytes.length);
      to += bytes.length;
      flush();
    }
  }

  /** Writes as much as the channel takes now. */
  void flush() {
    while (from < to && !ended) {
      int taken = write(memory, from, to - from);
      if (taken == 0) {
        return;
      }
      from += taken;
    }
    from = 0;
    to = 0;
  }

  private int write(Memory source, int at, int length) {
    int taken = channel.write(source, at, length);
    if (taken == Channel.ENDED) {
      ended = true;
      return 0;
    }
    return Math.max(0, taken);
  }

  private void reserve(int more) {
    if (to + more <= memory.size()) {
      return;
    }
    int waiting = to - from;
    byte[] kept = memory.getByteArray(from, waiting);
    if (waiting + more > memory.size()) {
      memory = new Memory(Math.max(memory.size() * 2, waiting + more));
    }
    memory.write(0, kept, 0, waiting);
    from = 0;
    to = waiting;
  }
}
