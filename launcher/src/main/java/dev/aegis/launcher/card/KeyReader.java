package dev.aegis.launcher.card;

import java.util.OptionalInt;

/**
 * Finds single keys in what a terminal sends.
 *
 * <p>A key counts when it is one printable byte that came alone: nothing shortly before it and
 * nothing shortly after. Pastes, type-ahead, and the terminal's own answers to queries, which may
 * hold any text, come as bursts; escape sequences and control strings are passed over whole, even
 * when they come in pieces.
 */
final class KeyReader {

  /** How long it must be silent before and after a key, in nanoseconds. */
  static final long QUIET = 40_000_000L;

  private enum State {
    GROUND,
    ESCAPE,
    CONTROL_SEQUENCE,
    SINGLE,
    STRING,
    STRING_ESCAPE
  }

  /** An unfinished sequence is given up after so long a silence, in nanoseconds. */
  private static final long ABANDONED = 2_000_000_000L;

  private State state = State.GROUND;
  private long lastByte = Long.MIN_VALUE / 2;
  private int candidate = -1;

  /** Takes what was read at once. */
  void read(byte[] bytes, long now) {
    boolean quiet = now - lastByte >= QUIET;
    if (state != State.GROUND && now - lastByte >= ABANDONED) {
      state = State.GROUND;
    }
    boolean alone = bytes.length == 1 && quiet && state == State.GROUND;
    int key = alone ? bytes[0] : -1;
    candidate = key >= 0x20 && key < 0x7f ? key : -1;
    for (byte b : bytes) {
      step(b & 0xff);
    }
    lastByte = now;
  }

  /** The key that was pressed, once enough silence has followed it; each is given once. */
  OptionalInt key(long now) {
    if (candidate < 0 || now - lastByte < QUIET) {
      return OptionalInt.empty();
    }
    int key = candidate;
    candidate = -1;
    return OptionalInt.of(key);
  }

  boolean isWaiting() {
    return candidate >= 0;
  }

  void forget() {
    candidate = -1;
  }

  private void step(int b) {
    state =
        switch (state) {
          case GROUND -> b == 0x1b ? State.ESCAPE : State.GROUND;
          case ESCAPE -> afterEscape(b);
          case CONTROL_SEQUENCE -> b >= 0x40 && b < 0x7f ? State.GROUND : State.CONTROL_SEQUENCE;
          case SINGLE -> State.GROUND;
          case STRING -> inString(b);
          case STRING_ESCAPE -> b == '\\' ? State.GROUND : State.STRING;
        };
  }

  private static State afterEscape(int b) {
    return switch (b) {
      case 0x1b -> State.ESCAPE;
      case '[' -> State.CONTROL_SEQUENCE;
      case 'O' -> State.SINGLE;
      case ']', 'P', '_', '^', 'X' -> State.STRING;
      default -> State.GROUND;
    };
  }

  private static State inString(int b) {
    return b == 0x1b ? State.STRING_ESCAPE : b == 0x07 ? State.GROUND : State.STRING;
  }
}
