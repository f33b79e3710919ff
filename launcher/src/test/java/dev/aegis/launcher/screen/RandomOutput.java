package dev.aegis.launcher.screen;

import java.util.List;
import java.util.Random;

/** Terminal output of a seeded random program, of sequences on which terminals agree. */
final class RandomOutput {

  private static final List<String> TEXTS =
      List.of("a", "hello", "e\u0301", "0123456789012345678901234567890", "~", "  ");
  private static final List<String> FINALS =
      List.of("A", "B", "C", "D", "E", "F", "G", "d", "P", "@", "X", "S", "T");
  private static final List<String> WHOLE =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "\t",
          "\u001b[H",
          "\u001b[2J",
          "\u001b[J",
          "\u001b[1J",
          "\u001b[1K",
          "\u001b[2K",
          "\u001b[m",
          "\u001b[1m",
          "\u001b[7m",
          "\u001b[4m",
          "\u001b[3;9m",
          "\u001b[31;42m",
          "\u001b[38;5;123m",
          "\u001b[48;2;10;20;30m",
          "\u001b[39;49m",
          "\u001b[97;100m",
          "\u001bM",
          "\u001bD",
          "\u001bE",
          "\u001b(0",
          "\u001b(B",
          "\u001b7",
          "\u001b8",
          "\u001b[?7l",
          "\u001b[?7h",
          "\u001b[4l",
          "\u001b[?25l",
          "\u001b[?25h",
          "\u001b[r");

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private final int rows;
  private final int columns;
  private int top;
  private int bottom;

  RandomOutput(long seed, int rows, int columns) {
    random = new Random(seed);
    this.rows = rows;
    this.columns = columns;
    bottom = rows - 1;
  }

  String pieces(int count) {
    for (int i = 0; i < count; i++) {
      piece();
    }
    // Terminals differ in what they do to a line whose wrap is pending; end elsewhere.
    position();
    return out.toString();
  }

  private void piece() {
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> out.append(TEXTS.get(random.nextInt(TEXTS.size())));
      case 3 -> position();
      case 4 -> {
        out.append("\r\u001b[").append(random.nextInt(columns) + 1).append('G');
        out.append("\u001b[").append(random.nextInt(6));
        out.append(FINALS.get(random.nextInt(FINALS.size())));
      }
      case 5 -> {
        top = random.nextInt(rows - 1);
        bottom = top + 1 + random.nextInt(rows - top - 1);
        out.append("\u001b[").append(top + 1).append(';').append(bottom + 1).append('r');
      }
      case 6 -> {
        // Outside of the region some terminals insert and delete lines and some do not.
        out.append("\u001b[").append(top + 1 + random.nextInt(bottom - top + 1)).append(";1H");
        out.append("\u001b[").append(random.nextInt(4)).append(random.nextBoolean() ? 'L' : 'M');
      }
      default -> {
        // Away from a pending wrap first.
        out.append("\u001b[").append(random.nextInt(columns) + 1).append('G');
        out.append(WHOLE.get(random.nextInt(WHOLE.size())));
      }
    }
  }

  private void position() {
    out.append("\u001b[").append(random.nextInt(rows) + 1).append(';');
    out.append(random.nextInt(columns) + 1).append('H');
  }
}
