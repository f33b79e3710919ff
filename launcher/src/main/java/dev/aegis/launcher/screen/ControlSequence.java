package dev.aegis.launcher.screen;

import java.util.Arrays;

/**
 * One control sequence ({@code CSI}) as parsed: private marker, parameters, intermediates, final
 * byte.
 */
final class ControlSequence {

  private static final int MOST_PARAMETERS = 64;
  private static final int LARGEST = 65_535;

  private final int[] parameters = new int[MOST_PARAMETERS];
  private final boolean[] joined = new boolean[MOST_PARAMETERS];
  private int count;
  private char marker;
  private char intermediate;
  private char last;

  void reset() {
    count = 0;
    marker = 0;
    intermediate = 0;
    last = 0;
  }

  void mark(char privateMarker) {
    marker = privateMarker;
  }

  void intermediate(char value) {
    intermediate = value;
  }

  void digit(int value) {
    if (count == 0) {
      next(false);
    }
    int at = count - 1;
    int before = Math.max(parameters[at], 0);
    parameters[at] = Math.min(LARGEST, before * 10 + value);
  }

  /** Begins the next parameter; {@code colon} joins it to the one before as a sub-parameter. */
  void separator(boolean colon) {
    if (count == 0) {
      next(false);
    }
    next(colon);
  }

  private void next(boolean colon) {
    if (count < MOST_PARAMETERS) {
      parameters[count] = -1;
      joined[count] = colon;
      count++;
    }
  }

  void finish(char finalByte) {
    last = finalByte;
  }

  int count() {
    return count;
  }

  /** The parameter at {@code index}, 0 when it was left out. */
  int raw(int index) {
    return index < count ? Math.max(parameters[index], 0) : 0;
  }

  /** The parameter at {@code index}, {@code otherwise} when it was left out or is 0. */
  int orDefault(int index, int otherwise) {
    int value = raw(index);
    return value == 0 ? otherwise : value;
  }

  /** The index after the last sub-parameter of the group that begins at {@code index}. */
  int endOfGroup(int index) {
    int end = index + 1;
    while (end < count && joined[end]) {
      end++;
    }
    return end;
  }

  char marker() {
    return marker;
  }

  char intermediate() {
    return intermediate;
  }

  char last() {
    return last;
  }

  @Override
  public String toString() {
    return "CSI "
        + marker
        + Arrays.toString(Arrays.copyOf(parameters, count))
        + intermediate
        + last;
  }
}
