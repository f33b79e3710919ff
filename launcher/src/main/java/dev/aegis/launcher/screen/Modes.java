package dev.aegis.launcher.screen;

import java.util.BitSet;
import java.util.List;

/** The private modes that a program switched on and that matter to who writes in between. */
final class Modes {

  private static final int CURSOR_VISIBLE = 25;
  private static final int LARGEST = 4096;

  /** Modes in which the terminal sends what nobody typed: mouse, focus, paste marks, sizes. */
  private static final List<Integer> REPORTING =
      List.of(9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004, 2031, 2048);

  private final BitSet on = new BitSet();
  private final int[] keyboardLevels = new int[2];

  Modes() {
    reset();
  }

  void reset() {
    on.clear();
    on.set(CURSOR_VISIBLE);
    keyboardLevels[0] = 0;
    keyboardLevels[1] = 0;
  }

  void softReset() {
    on.set(CURSOR_VISIBLE);
  }

  void set(int mode, boolean value) {
    if (mode < LARGEST) {
      on.set(mode, value);
    }
  }

  /** Follows the stack of enhanced keyboard modes ({@code CSI > flags u}, {@code CSI < n u}). */
  void keyboard(ControlSequence s, boolean alternate) {
    int screen = alternate ? 1 : 0;
    if (s.last() != 'u') {
      return;
    }
    switch (s.marker()) {
      case '>' -> keyboardLevels[screen]++;
      case '<' -> keyboardLevels[screen] = Math.max(0, keyboardLevels[screen] - s.orDefault(0, 1));
      default -> keyboardLevels[screen] = Math.max(1, keyboardLevels[screen]);
    }
  }

  boolean isCursorVisible() {
    return on.get(CURSOR_VISIBLE);
  }

  boolean hasEnhancedKeyboard(boolean alternate) {
    return keyboardLevels[alternate ? 1 : 0] > 0;
  }

  /** The reporting modes that are on, in the order in which to switch them on again. */
  List<Integer> reporting() {
    return REPORTING.stream().filter(on::get).toList();
  }
}
