package dev.aegis.launcher.relay;

/** Something that may borrow the user's screen and keys. All calls come from the relay's thread. */
public interface Overlay {

  /** Whether it wants the screen now. */
  boolean isWanted();

  /**
   * What to write on the borrowed screen, which is in plain state.
   *
   * @param rows height of the screen
   * @param columns width of the screen
   * @param now {@link System#nanoTime}
   */
  String frame(int rows, int columns, long now);

  /** Takes note that the screen is its own, and what was typed before is gone. */
  void shown(long now);

  /** Takes note that the screen was given back. */
  void hidden();

  /** Takes what was read from the keyboard at once. */
  void typed(byte[] bytes, long now);

  /**
   * Takes note of the time.
   *
   * @return whether the frame changed since it was last asked for
   */
  boolean tick(long now);

  /** In how many milliseconds, at most, {@link #tick} is to be called again. */
  long patience(long now);
}
