package dev.aegis.launcher.os;

/** Something that any thread can ring and that a {@link Poll} hears. */
public final class Wakeup implements AutoCloseable {

  private static final int EFD_NONBLOCK = 0x800;
  private static final int EFD_CLOEXEC = 0x80000;
  private static final int COUNTER = 8;

  private final int descriptor;
  private final NativeBytes one = new NativeBytes(COUNTER);
  private final NativeBytes counted = new NativeBytes(COUNTER);

  /** Opens one. */
  public Wakeup() throws SystemCallException {
    descriptor = Libc.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (descriptor < 0) {
      throw SystemCallException.last("eventfd");
    }
    one.memory().setLong(0, 1);
  }

  /** Its descriptor: readable once rung. */
  public int descriptor() {
    return descriptor;
  }

  /** Rings. */
  public void ring() {
    Libc.write(descriptor, one.address(), COUNTER);
  }

  /** Takes note of all rings so far. */
  public void clear() {
    Libc.read(descriptor, counted.address(), COUNTER);
  }

  @Override
  public void close() {
    Libc.close(descriptor);
  }
}
