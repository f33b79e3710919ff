package dev.aegis.launcher.relay;

import com.sun.jna.Memory;
import dev.aegis.launcher.screen.ScreenModel;

/**
 * Output that was written to the screen and that the model has not been told of yet.
 *
 * <p>Telling it late and much at once costs a fraction: most of a flood has scrolled away by then.
 */
final class Backlog {

  private static final int CAPACITY = 1 << 18;

  private final ScreenModel model;
  private final byte[] bytes = new byte[CAPACITY];
  private int length;

  Backlog(ScreenModel model) {
    this.model = model;
  }

  boolean isEmpty() {
    return length == 0;
  }

  void add(Memory output, int count) {
    if (length + count > CAPACITY) {
      settle();
    }
    output.read(0, bytes, length, count);
    length += count;
  }

  /** Brings the model up to date; to be called before anything is asked of it. */
  void settle() {
    if (length > 0) {
      model.feed(bytes, 0, length);
      length = 0;
    }
  }
}
